import type { IncomingMessage } from "node:http";
import { MAX_REQUEST_BYTES } from "./limits.ts";

/** The text of a body; `undefined` when it is too large, or the client left before its end. */
export function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"]) > MAX_REQUEST_BYTES) return resolve(undefined);
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MAX_REQUEST_BYTES) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}
