import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { unzipSync } from "fflate";
import { z } from "zod";
import { decodeText } from "./decode-text.ts";

/** A source that cannot be read at all. The message is for whoever named it. */
export class SourceError extends Error {}

/** A value as the schema of its format has it. Throws a `SourceError` that names the first place where something else came. */
export function asFormat<Value>(
  { path }: SourceFile,
  value: unknown,
  schema: z.ZodType<Value>,
  expected: string,
): Value {
  if (value === undefined) throw new SourceError(`${path}: expected ${expected}, got text that is not JSON`);
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const at = issue === undefined || issue.path.length === 0 ? "" : `${z.core.toDotPath(issue.path)}: `;
  const what = (issue?.message ?? "").replace(/^Invalid input: /, "").replace(/,? received /, ", got ");
  throw new SourceError(
    `${path}: expected ${expected}; ${at}${what.replace("got undefined", "got nothing")}`,
  );
}

/** A folder with more files is probably the wrong one. */
const MAX_FILES = 2_000;
/** Larger files are refused unread: ESCO's largest has 21 MB. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
/** What an archive may hold unpacked; ESCO's have 42 MB. */
const MAX_UNPACKED_BYTES = 1024 * 1024 * 1024;

/** One file of a source. */
export interface SourceFile {
  /** The path, for messages: `esco.zip/skills_en.csv`. */
  readonly path: string;
  /** The name without folders. */
  readonly name: string;
  readonly text: () => string;
  /** What the text says as JSON; undefined where it is none. */
  readonly json: () => unknown;
}

/**
 * The files that a path stands for: itself, all files below a folder, and what archives (`.zip`) among them hold. They
 * are read when somebody asks, and text in whatever encoding it is. Throws `SourceError`.
 */
export function sourceFiles(path: string): SourceFile[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) throw new SourceError(`expected a file or a folder, found nothing at ${path}`);
  const paths = status.isDirectory() ? filesBelow(path) : [path];
  if (paths.length > MAX_FILES)
    throw new SourceError(`expected at most ${MAX_FILES} files below ${path}, found ${paths.length}`);
  return paths.flatMap((each) =>
    extname(each).toLowerCase() === ".zip" ? unpacked(each) : [plainFile(each)],
  );
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function plainFile(path: string): SourceFile {
  return fileOf(path, () => {
    checkSize(path);
    return readFileSync(path);
  });
}

function checkSize(path: string): void {
  const { size } = statSync(path);
  if (size > MAX_FILE_BYTES)
    throw new SourceError(`expected a file of at most ${MAX_FILE_BYTES} bytes, got ${size}: ${path}`);
}

function unpacked(path: string): SourceFile[] {
  checkSize(path);
  let total = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    total += originalSize;
    if (total > MAX_UNPACKED_BYTES)
      throw new SourceError(`expected at most ${MAX_UNPACKED_BYTES} bytes in ${path}, got more`);
    return true;
  };
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(readFileSync(path), { filter });
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(`expected a zip archive, got something else: ${path}`);
  }
  return Object.entries(entries).map(([name, bytes]) => fileOf(`${path}/${name}`, () => bytes));
}

function fileOf(path: string, bytes: () => Uint8Array): SourceFile {
  let json: { readonly value: unknown } | undefined;
  const text = () => decodeText(bytes());
  return {
    path,
    name: basename(path),
    text,
    json: () => {
      json ??= { value: parseJson(text()) };
      return json.value;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
