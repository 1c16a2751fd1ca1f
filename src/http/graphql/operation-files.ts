import { readFileSync } from "node:fs";
import { z } from "zod";

/** A file of persisted operations that cannot be used: the message names it and says what was expected. */
export class OperationFileError extends Error {
  override readonly name = "OperationFileError";
  readonly code = "OPERATIONS_INVALID";
}

const text = z.string().min(1);

/** Texts by id, as Relay's compiler, GraphQL Code Generator, gql.tada and this project write them. */
const map = z.record(text, text).transform((texts) => Object.entries(texts));

/** What Apollo's `generate-persisted-query-manifest` writes. */
const manifest = z
  .object({
    format: z.literal("apollo-persisted-query-manifest"),
    version: z.literal(1),
    operations: z.array(z.object({ id: text, body: text })),
  })
  .transform(({ operations }) => operations.map(({ id, body }): [string, string] => [id, body]));

const file = z.union([manifest, map]);

/**
 * Reads the operations that a team's build has written, by id. Ids are whatever the build made, such as hashes of any
 * kind; the texts are trusted, and need not be valid for this schema.
 *
 * Throws `OperationFileError` for a file that cannot be read or has another shape, and when two files give one id to
 * different texts.
 */
export function readOperationFiles(paths: readonly string[]): Map<string, string> {
  const operations = new Map<string, string>();
  for (const path of paths)
    for (const [id, text] of readFile(path)) {
      if ((operations.get(id) ?? text) !== text)
        throw new OperationFileError(`${path}: expected ${id} to be the operation that an earlier file has.`);
      operations.set(id, text);
    }
  return operations;
}

function readFile(path: string): readonly (readonly [id: string, text: string])[] {
  let content: string;
  try {
    content = readFileSync(path, "utf8");
  } catch (error) {
    throw new OperationFileError(`${path}: expected a file that can be read.`, { cause: error });
  }
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch (error) {
    throw new OperationFileError(`${path}: expected JSON.`, { cause: error });
  }
  const { data } = file.safeParse(json);
  if (data !== undefined) return data;
  throw new OperationFileError(
    `${path}: expected an object from ids to the texts of operations, as Relay and GraphQL Code Generator write it, or Apollo's manifest of persisted queries.`,
  );
}
