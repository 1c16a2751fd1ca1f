import type { IncomingMessage } from "node:http";
import type { Encoding } from "./graphql/media-types.ts";
import { cachingOf, compress, matches } from "./graphql/stored-answers.ts";
import type { Page } from "./page.ts";

/** A page as it is sent again and again: its bytes, in one encoding, and their ETag. */
export interface KeptPage {
  readonly page: Page;
  readonly etag: string;
}

/** Makes a page to be kept, of a text that is the same for everybody at a revision. */
export async function keptPage(
  revision: number,
  encoding: Encoding | undefined,
  { text, ...page }: Omit<Page, "body" | "headers"> & { readonly text: string },
): Promise<KeptPage> {
  const plain = Buffer.from(text);
  const packed = encoding === undefined ? { body: plain } : await compress(plain, encoding);
  const { etag, headers } = cachingOf(revision, packed.body);
  if (packed.encoding !== undefined) headers.push("content-encoding", packed.encoding);
  return { page: { ...page, body: packed.body, headers }, etag };
}

/** The page, or a 304 where the client has it already. */
export function unlessHeld(request: IncomingMessage, { page, etag }: KeptPage): Page {
  return matches(request.headers["if-none-match"], etag) ? { ...page, status: 304, body: "" } : page;
}
