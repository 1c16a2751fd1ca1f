import type { IncomingMessage } from "node:http";

/** The text of a body; `undefined` when it has more than so many bytes, or the client left before its end. */
export function bodyOf(request: IncomingMessage, mostBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (Number(request.headers["content-length"]) > mostBytes) return resolve(undefined);
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= mostBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on("end", () => resolve(Buffer.concat(chunks).toString()));
    request.on("error", () => resolve(undefined));
    request.on("close", () => resolve(undefined));
  });
}
