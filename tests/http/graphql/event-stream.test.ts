import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test, vi } from "vitest";
import { EventStream } from "../../../src/http/graphql/event-stream.ts";
import { STREAM_KEEP_ALIVE_MS } from "../../../src/http/limits.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** A server that begins a stream for each request, and a connection of a client that has asked for it and reads nothing. */
async function oneStream() {
  const begun: { stream: EventStream; response: ServerResponse }[] = [];
  const server = createServer((request, response) => {
    begun.push({ stream: new EventStream(request, response, undefined), response });
  }).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1").pause();
  client.write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
  await once(server, "request");
  return { ...begun[0]!, client };
}

test("a client that does not read holds its events back, and takes hardly any memory", async () => {
  const { stream, response, client } = await oneStream();
  const EVENT = "x".repeat(100_000);
  const EVENTS = 200;
  let sent = 0;
  const sending = (async () => {
    for (; sent < EVENTS; sent++) await stream.send(sent, EVENT, new AbortController().signal);
    stream.end(true);
  })();
  // Until what the system takes on the way is full, and nothing moves any more.
  for (let before = -1; before !== sent; ) {
    before = sent;
    await sleep(200);
  }
  expect(sent).toBeLessThan(EVENTS);
  expect(response.writableLength).toBeLessThan(3 * EVENT.length);
  let text = "";
  client.on("data", (piece) => {
    text += piece;
  });
  client.resume();
  await Promise.all([sending, once(client, "end")]);
  expect(text.match(/^id: \d+$/gm)).toHaveLength(EVENTS);
  expect(text).toContain("event: complete\n");
});

test("a line from time to time shows that the connection is alive, unless nobody reads", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const { stream, response, client } = await oneStream();
  let text = "";
  client.on("data", (piece) => {
    text += piece;
  });
  client.resume();
  await vi.waitFor(() => expect(text.split(":\n\n")).toHaveLength(2));
  vi.advanceTimersByTime(STREAM_KEEP_ALIVE_MS);
  await vi.waitFor(() => expect(text.split(":\n\n")).toHaveLength(3));
  client.pause();
  const leaving = new AbortController();
  const stuck = (async () => {
    while (!leaving.signal.aborted) await stream.send(1, "x".repeat(1_000_000), leaving.signal);
  })();
  await vi.waitFor(() => expect(response.writableNeedDrain).toBe(true), 30_000);
  await sleep(200);
  const waiting = response.writableLength;
  vi.advanceTimersByTime(10 * STREAM_KEEP_ALIVE_MS);
  expect(response.writableLength).toBe(waiting);
  leaving.abort();
  await stuck;
});
