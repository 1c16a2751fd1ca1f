import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { createGuardedServer, type SocketLimits } from "../../src/http/sockets.ts";
import { openSocket } from "../support/raw-http.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener, limits: Partial<SocketLimits>): Promise<string> {
  server = createGuardedServer(listener, limits);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Milliseconds until the server ends a connection that has sent so much. */
async function endOf(url: string, sent: string): Promise<number> {
  const begun = performance.now();
  const socket = openSocket(url).resume();
  socket.write(sent);
  await once(socket, "close");
  return performance.now() - begun;
}

const fine: RequestListener = (_request, response) => void response.end("fine");

test.each([
  ["says nothing", ""],
  ["does not end its headers", "GET / HTTP/1.1\r\nhost: x\r\nx-slow: "],
  ["does not end its body", "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n123"],
])("a client that %s is cut off", async (_what, sent) => {
  const never: RequestListener = (request) => void request.resume();
  const url = await listen(never, { headersTimeoutMs: 200, requestTimeoutMs: 400 });
  expect(await endOf(url, sent)).toBeLessThan(3_000);
});

test("a client that waits for an answer is not", async () => {
  const slow: RequestListener = (_request, response) => void setTimeout(() => response.end("late"), 600);
  const url = await listen(slow, { unreadTimeoutMs: 100, headersTimeoutMs: 200, requestTimeoutMs: 300 });
  expect(await (await fetch(url)).text()).toBe("late");
});

test("a connection that is idle between requests ends as Node has it", async () => {
  const url = await listen(fine, {});
  server!.keepAliveTimeout = 100;
  expect(await endOf(url, "GET / HTTP/1.1\r\nhost: x\r\n\r\n")).toBeLessThan(5_000);
});

/** More than the buffers of a connection hold. */
const LARGE = Buffer.alloc(20_000_000, "x");
const large: RequestListener = (_request, response) => void response.end(LARGE);

/** Asks, and reads nothing. */
function askAndStop(url: string) {
  const socket = openSocket(url).pause();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  return socket;
}

test("a client that reads nothing of its answer is cut off", async () => {
  const url = await listen(large, { unreadTimeoutMs: 200 });
  const socket = askAndStop(url);
  const [atServer] = await once(server!, "connection");
  await once(atServer, "close");
  socket.destroy();
  expect(await (await fetch(url)).arrayBuffer()).toHaveProperty("byteLength", LARGE.length);
});

test("answers that nobody reads are dropped before they fill the memory", async () => {
  const url = await listen(large, { waitingBytes: 100_000_000 });
  const ended: unknown[] = [];
  server!.on("connection", (socket) => socket.once("close", () => ended.push(socket)));
  const sockets = [];
  for (let client = 0; client < 20; client++) {
    sockets.push(askAndStop(url));
    await sleep(10);
  }
  expect((await fetch(url)).status).toBe(200);
  expect(ended.length).toBeGreaterThanOrEqual(13);
  for (const socket of sockets) socket.destroy();
});

test("one address gets only so many connections, and gets them back", async () => {
  const url = await listen(fine, { connectionsPerAddress: 3 });
  const held = Array.from({ length: 3 }, () => openSocket(url));
  await Promise.all(held.map((socket) => once(socket, "connect")));
  await sleep(50);
  expect(await endOf(url, "")).toBeLessThan(1_000);
  for (const socket of held) socket.destroy();
  await sleep(100);
  expect(await (await fetch(url)).text()).toBe("fine");
});
