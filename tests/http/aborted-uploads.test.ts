import { once } from "node:events";
import pino from "pino";
import { expect, test } from "vitest";
import { startServer } from "../../src/http/server.ts";
import { shippedDatabases } from "../support/database-pool.ts";
import { openSocket } from "../support/raw-http.ts";

test("uploads that are broken off are no errors of the server", async () => {
  const store = await shippedDatabases.open();
  const logged: string[] = [];
  const logger = pino({ level: "warn" }, { write: (line) => void logged.push(line) });
  const server = await startServer(store, logger, { host: "127.0.0.1", port: 0 });
  try {
    for (const type of ["application/json", "application/graphql", "multipart/form-data; boundary=x"])
      for (const length of ["content-length: 1000", "transfer-encoding: chunked"]) {
        const socket = openSocket(server.url);
        const headers = `host: x\r\ncontent-type: ${type}\r\n${length}\r\nexpect: 100-continue\r\n`;
        socket.write(`POST /graphql HTTP/1.1\r\n${headers}\r\n`);
        // The server reads: it asks for the body, or refuses it.
        await once(socket, "data");
        socket.write('8\r\n{"query"');
        socket.resetAndDestroy();
        await once(socket, "close");
      }
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect(logged).toEqual([]);
  } finally {
    await server.close();
    await store.close();
  }
});
