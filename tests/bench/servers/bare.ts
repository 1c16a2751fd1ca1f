import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveUntilStopped } from "./lifetime.ts";

/** The bound of what any server here can do: plain node:http that sends the bytes of a file, whatever is asked. */
const bytes = readFileSync(process.env.ANSWER_FILE!);
const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length });
    response.end(bytes);
  });
});
server.listen(0, "127.0.0.1", () => {
  serveUntilStopped(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
});
