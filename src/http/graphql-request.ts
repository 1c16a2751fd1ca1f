import type { IncomingMessage } from "node:http";
import { z } from "zod";
import type { PersistedOperations } from "./persisted-operations.ts";

/** What a request asks, whether it brought the text of its operation or named it. */
export interface Question {
  readonly query: string;
  readonly operationName: string;
  readonly variables: Record<string, unknown>;
  /** Whether the operation was named by its hash, so that others on the way do not know its text. */
  readonly byId: boolean;
}

/** A request for an operation that nobody has shipped or registered, or whose hash is another text's. */
export interface UnknownOperation {
  readonly unknown: string;
  readonly message: string;
  readonly code: "PERSISTED_QUERY_NOT_FOUND" | "PERSISTED_QUERY_HASH_MISMATCH";
}

const parameters = z.strictObject({
  query: z.string().nullish(),
  documentId: z.string().nullish(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  extensions: z
    .strictObject({
      persistedQuery: z.strictObject({ version: z.literal(1), sha256Hash: z.string() }).optional(),
    })
    .nullish(),
});

/** Reads the body of a POST. `undefined`: not of the plain form, Yoga says what is wrong or knows better. */
export function questionOfBody(
  body: string,
  operations: PersistedOperations,
): Question | UnknownOperation | undefined {
  try {
    return toQuestion(JSON.parse(body), operations);
  } catch {
    return undefined;
  }
}

/** Reads the URL of a GET; see `questionOfBody`. */
export function questionOfUrl(
  url: string,
  operations: PersistedOperations,
): Question | UnknownOperation | undefined {
  const search = new URLSearchParams(url.slice(url.indexOf("?") + 1));
  const values: Record<string, unknown> = {};
  try {
    for (const [name, text] of search)
      values[name] = name === "variables" || name === "extensions" ? JSON.parse(text || "null") : text;
    return toQuestion(values, operations);
  } catch {
    return undefined;
  }
}

function toQuestion(
  values: unknown,
  operations: PersistedOperations,
): Question | UnknownOperation | undefined {
  const read = parameters.safeParse(values);
  if (!read.success) return undefined;
  const { query, documentId, operationName, variables, extensions } = read.data;
  const hash = extensions?.persistedQuery?.sha256Hash;
  const id = documentId ?? hash;
  if (query && hash !== undefined && !operations.register(hash, query))
    return {
      unknown: hash,
      code: "PERSISTED_QUERY_HASH_MISMATCH",
      message: `Expected the SHA-256 of the query in hexadecimal, got ${hash}.`,
    };
  const text = query || (id === undefined ? undefined : operations.get(id));
  if (text === undefined) {
    if (id === undefined || id === null) return undefined;
    return {
      unknown: id,
      code: "PERSISTED_QUERY_NOT_FOUND",
      message: `No operation ${id} here. Send its text along once, or use an id of schema/persisted-operations.json.`,
    };
  }
  return {
    query: text,
    operationName: operationName ?? "",
    variables: variables ?? {},
    byId: id !== undefined,
  };
}

/** Writes the text of an operation that was named into the request, for a handler that knows no names. */
export function spellOut(request: IncomingMessage, { query, operationName, variables }: Question): void {
  if (request.method === "GET") {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) });
    if (operationName !== "") search.set("operationName", operationName);
    request.url = `${request.url?.split("?", 1)[0]}?${search}`;
  } else
    Object.assign(request, {
      body: JSON.stringify({ query, variables, ...(operationName !== "" && { operationName }) }),
    });
}
