import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/http.ts";
import { openSocket } from "../../support/raw-http.ts";
import { LEAKS, probe } from "./attack.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const BODY = '{"query":"{ skills(first: 1) { nodes { slug } } }"}';
const POST = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
const WHOLE = `${POST}Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
const CHUNKS = `${POST}Transfer-Encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
const GET = "GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n";
const PAGE = "GET /oembed?url=x HTTP/1.1\r\nHost: x\r\nAccept: */*\r\nConnection: keep-alive\r\n\r\n";
const HEALTH = "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n";

/** Pieces that parsers of HTTP have been led astray by. */
const PIECES = [
  ...["\r\n", "\n", "\r", "\0", "\t", " ", ":", "\r\n\r\n", "\u00a0", "%00", "//", "/../"],
  ...["Content-Length: 0\r\n", "Content-Length: 99999999\r\n", "Transfer-Encoding: chunked\r\n"],
  ...[
    "Transfer-Encoding : chunked\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: h2c\r\nConnection: Upgrade\r\n",
  ],
  ...["0\r\n\r\n", "ffffffffffffffff\r\n", "-1\r\n", ";x=y", "HTTP/1.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
];

const edit = fc.record({
  /** Where, as a part of the length. */
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  /** How many characters are taken out. */
  without: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(400)),
  put: fc.oneof(
    fc.constantFrom("", ...PIECES),
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.constantFrom("GET", "Host: y\r\n").map((text) => text.repeat(3)),
  ),
});

const stream = fc.record({
  requests: fc.array(fc.constantFrom(WHOLE, CHUNKS, GET, PAGE, HEALTH), { minLength: 1, maxLength: 3 }),
  edits: fc.array(edit, { maxLength: 4 }),
  /** After which part of it there is a pause, as the network may have it. */
  pauseAt: fc.double({ min: 0, max: 1, noNaN: true }),
});

function edited(requests: readonly string[], edits: readonly { at: number; without: number; put: string }[]) {
  let text = requests.join("");
  for (const { at, without, put } of edits) {
    const from = Math.floor(at * text.length);
    text = text.slice(0, from) + put + text.slice(from + without);
  }
  return text;
}

/** Sends bytes in two packets, says that there are no more, and reads until the server has closed. */
function exchange(bytes: Buffer, pauseAt: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = openSocket(server.url);
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error("expected the connection to be closed"));
    }, 60_000);
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("close", () => {
      clearTimeout(late);
      resolve(Buffer.concat(chunks).toString("latin1"));
    });
    const half = Math.floor(pauseAt * bytes.length);
    socket.write(bytes.subarray(0, half), () =>
      pause(1).then(() => {
        if (!socket.destroyed) socket.end(bytes.subarray(half));
      }),
    );
  });
}

test("whatever comes as HTTP is answered or closed, and nothing of it is a fault of the server", async () => {
  let answered = 0;
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(stream, async ({ requests, edits, pauseAt }) => {
      const sent = edited(requests, edits);
      const came = await exchange(Buffer.from(sent, "latin1"), pauseAt);
      const statuses = Array.from(came.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));
      for (const status of statuses) {
        // Not a 500: each of these is the client's fault, or none.
        expect([
          100, 200, 304, 400, 404, 405, 406, 408, 411, 413, 414, 415, 417, 426, 431, 501, 505,
        ]).toContain(status);
        if (status === 200) answered++;
        else if (status >= 400) refused++;
      }
      // One request is never taken for two: each has a line of its own in what was sent.
      const lines = sent.match(/HTTP\/\d/g)?.length ?? 0;
      expect(statuses.filter((status) => status !== 100).length).toBeLessThanOrEqual(lines + 1);
      expect(LEAKS.exec(came)?.[0]).toBeUndefined();
    }),
    { numRuns: 600 },
  );
  // Most were no requests any more, and many still were.
  expect(answered).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
  expect(await probe(server.url)).toEqual([]);
}, 180_000);
