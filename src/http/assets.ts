import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { extname, join } from "node:path";
import { encodingFor } from "./graphql/media-types.ts";
import type { Page } from "./page.ts";

/** Where `src/build.mjs` puts files for browsers, a folder for each bundle. */
export const BUILT = join(import.meta.dirname, "..", "..", ".build");
/** Names with a hash change with the contents. */
const IMMUTABLE = ["cache-control", "public, max-age=31536000, immutable", "vary", "Accept-Encoding"];

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
};

/** Files that were asked for: each is read once and sent from one place, however many ask. */
const read = new Map<string, Buffer>();

/** A file of a bundle, compressed as the client takes it; undefined where a path names none. */
export function asset(request: IncomingMessage, bundle: string, name: string): Page | undefined {
  const folder = join(BUILT, bundle);
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[\w-]+\.\w+$/.test(name) || !existsSync(join(folder, name))) return undefined;
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const packed = encoding !== undefined && existsSync(join(folder, `${name}.${encoding}`));
  const file = join(folder, packed ? `${name}.${encoding}` : name);
  const body = read.get(file) ?? readFileSync(file);
  read.set(file, body);
  return {
    status: 200,
    type,
    body,
    headers: packed ? [...IMMUTABLE, "content-encoding", encoding] : IMMUTABLE,
  };
}

/** Names with a hash that were asked for: every page links to some, and no page is to wait for the disk. */
const hashedNames = new Map<string, string>();

/** The name with a hash that a file of a bundle has; undefined where it was not built. */
export function hashedName(bundle: string, name: string): string | undefined {
  const key = `${bundle}/${name}`;
  const known = hashedNames.get(key);
  if (known !== undefined) return known;
  const [stem, ending] = name.split(".");
  const folder = join(BUILT, bundle);
  if (!existsSync(folder)) return undefined;
  const found = readdirSync(folder).find(
    (file) => file.startsWith(`${stem}-`) && file.endsWith(`.${ending}`),
  );
  if (found !== undefined) hashedNames.set(key, found);
  return found;
}
