import { once } from "node:events";
import type { RequestListener, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createGuardedServer, type GuardedServer, type SocketLimits } from "../../src/http/sockets.ts";
import { openSocket } from "../support/raw-http.ts";

let server: Server | undefined;
let stop: GuardedServer["stop"];
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener, limits: Partial<SocketLimits>): Promise<string> {
  ({ server, stop } = createGuardedServer(listener, limits));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Milliseconds until the server ends a connection that has sent so much. */
async function endOf(url: string, sent: string): Promise<number> {
  const begun = performance.now();
  // A connection that is closed before all that came was read is reset.
  const socket = openSocket(url)
    .resume()
    .on("error", () => {});
  socket.write(sent);
  await new Promise((resolve) => socket.once("close", resolve));
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

test("what a connection asks before it has its answer waits for it", async () => {
  const begun: string[] = [];
  let answerFirst = () => {};
  const listener: RequestListener = ({ url: path = "" }, response) => {
    begun.push(path);
    if (path === "/1") answerFirst = () => response.end("one");
    else response.end("two");
  };
  const url = await listen(listener, {});
  const socket = openSocket(url);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.write("GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
  expect(await (await fetch(`${url}/3`)).text()).toBe("two");
  await sleep(50);
  expect(begun.sort()).toEqual(["/1", "/3"]);
  answerFirst();
  await once(socket, "close");
  expect(text).toMatch(/one[\s\S]*two/);
});

test("no stacks are made of the requests that a closed connection leaves", async () => {
  const faults: Error[] = [];
  const never: RequestListener = (request) => void request.on("error", (error) => faults.push(error));
  const url = await listen(never, {});
  const before = Error.stackTraceLimit;
  const socket = openSocket(url);
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(3));
  await once(server!, "request");
  socket.destroy();
  await expect.poll(() => faults.map(({ stack }) => stack)).toEqual(["Error: aborted"]);
  expect(Error.stackTraceLimit).toBe(before);
});

test("a connection that asks more at once than can wait for its answers is closed, and nobody waits for that", async () => {
  let asked = 0;
  const never: RequestListener = ({ url: path }, response) => {
    asked++;
    if (path === "/other") response.end("fine");
  };
  const url = await listen(never, { pipelined: 5 });
  const ask = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
  const patient = openSocket(url).resume();
  patient.write(ask.repeat(6));
  expect(await endOf(url, ask.repeat(7))).toBeLessThan(5_000);
  expect(await endOf(url, ask.repeat(5_000))).toBeLessThan(5_000);
  expect(asked).toBe(3);
  expect(await (await fetch(`${url}/other`)).text()).toBe("fine");
  expect(patient.closed).toBe(false);
  patient.destroy();
});

test("of an address that asks more at once than can wait, nothing else is read that came meanwhile", async () => {
  const never: RequestListener = ({ url: path }, response) => {
    if (path === "/other") response.end("fine");
  };
  const url = await listen(never, { pipelined: 5 });
  let read = 0;
  server!.on("request", () => read++);
  const ask = "GET / HTTP/1.1\r\nhost: x\r\n\r\n";
  const patient = openSocket(url);
  patient.write(ask);
  await once(server!, "request");
  const greedy = Array.from({ length: 20 }, () => openSocket(url).resume());
  await Promise.all(greedy.map((socket) => once(socket, "connect")));
  await sleep(50);
  // All in one turn of the event loop, so that the server finds all packets at once.
  for (const socket of greedy) socket.write(ask.repeat(1_000));
  await Promise.all(greedy.map((socket) => new Promise((resolve) => socket.once("close", resolve))));
  expect(read).toBeLessThan(2_000);
  expect(patient.closed).toBe(false);
  patient.destroy();
  expect(await (await fetch(`${url}/other`)).text()).toBe("fine");
});

test("as many may wait again as were answered", async () => {
  const url = await listen(fine, { pipelined: 5 });
  const socket = openSocket(url);
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  for (let round = 0; round < 4; round++) {
    socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n".repeat(6));
    while (text.split("fine").length <= 6 * (round + 1)) await sleep(5);
  }
  expect(socket.closed).toBe(false);
  socket.destroy();
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

/** Asks again and again on one connection, as long as the answers keep it. Resolves to whether all were answered. */
async function askInLoop(url: string, onAnswer: () => void): Promise<boolean> {
  const socket = openSocket(url);
  const closed = new Promise<undefined>((resolve) => socket.once("close", () => resolve(undefined)));
  for (;;) {
    socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    const answer = await Promise.race([
      new Promise<Buffer>((resolve) => socket.once("data", resolve)),
      closed,
    ]);
    if (answer === undefined) return false;
    onAnswer();
    if (!/^connection: close\r$/im.test(String(answer))) continue;
    await closed;
    return true;
  }
}

describe("a stop", () => {
  test("answers all that 40 clients ask without a pause, and tells each that it was the last answer", async () => {
    const worked: RequestListener = (_request, response) =>
      void setTimeout(() => response.end("fine"), Math.random() * 20);
    const url = await listen(worked, {});
    const answers = new Array<number>(40).fill(0);
    const clients = answers.map((_, client) => askInLoop(url, () => answers[client]!++));
    while (answers.some((count) => count < 3)) await sleep(10);
    await stop();
    expect(await Promise.all(clients)).toEqual(answers.map(() => true));
    await expect(fetch(url)).rejects.toThrow();
  });

  test("is over at once where nobody is connected", async () => {
    await listen(fine, { stopQuietMs: 60_000, stopGraceMs: 60_000 });
    await stop();
  });

  test("answers on connections that were idle, and closes those that stay so", async () => {
    const url = await listen(fine, { stopQuietMs: 500, stopGraceMs: 60_000 });
    const [asking, idle, silent, half] = [
      "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
      "GET / HTTP/1.1\r\nhost: x\r\n\r\n",
      "",
      "GET / HT",
    ].map((sent) => {
      const socket = openSocket(url).resume();
      socket.write(sent);
      return socket;
    });
    await Promise.all([once(asking!, "data"), once(idle!, "data")]);
    const stopped = stop();
    asking!.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    const [answer] = await once(asking!, "data");
    expect(String(answer)).toMatch(/^HTTP\/1.1 200 .*connection: close\r/is);
    await Promise.all([idle, silent, half].map((socket) => once(socket!, "close")));
    await stopped;
  });

  test("does not wait for a body that never comes, nor for ever for an answer", async () => {
    const never: RequestListener = (request) => void request.resume();
    const url = await listen(never, { stopQuietMs: 100, stopGraceMs: 1_000 });
    const body = endOf(url, "POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n123");
    const answer = endOf(url, "GET / HTTP/1.1\r\nhost: x\r\n\r\n");
    await sleep(100);
    await stop();
    expect(await body).toBeLessThan(await answer);
  });
});
