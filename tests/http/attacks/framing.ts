import { type Attack, crowd, get, head, post } from "./attack.ts";

const POST = ["POST /graphql HTTP/1.1", "host: x", "content-type: application/json", "connection: close"];
const FINE = '{"query":"{ __typename }"}';

const http = (what: string, send: Attack["send"], status: readonly number[], code?: string): Attack => ({
  kind: "HTTP",
  what,
  send,
  status,
  ...(code !== undefined && { code }),
});

/** What is no HTTP, or HTTP that different servers read differently. */
const framing: readonly Attack[] = [
  http("bytes that are no request", head(["\u0001\u0002\u0003"]), [400]),
  http("a request of HTTP/0.9", head(["GET /graphql"]), [400], "BAD_REQUEST"),
  http("a version that there is not", head(["GET /health HTTP/9.9", "host: x"]), [400, 505]),
  http("no host", head(["GET /health HTTP/1.1", "connection: close"]), [400]),
  http("an unknown method", head(["BREW /graphql HTTP/1.1", "host: x"]), [400]),
  http("a header of 20 KB", get("/health", `x-long: ${"x".repeat(20_000)}`), [431]),
  http("a URL of 20 KB", get(`/graphql?query=${"x".repeat(20_000)}`), [431]),
  http(
    "headers without end",
    get("/health", ...Array.from({ length: 2_000 }, (_, at) => `x-${at}: long`)),
    [431],
  ),
  http("two lengths", head([...POST, "content-length: 26", "content-length: 5"], FINE), [400]),
  http(
    "a length and chunks",
    head([...POST, "content-length: 26", "transfer-encoding: chunked"], FINE),
    [400],
  ),
  http("a length below nothing", head([...POST, "content-length: -1"], FINE), [400]),
  http("a length in words", head([...POST, "content-length: many"], FINE), [400]),
  http("a chunk of no length", head([...POST, "transfer-encoding: chunked"], "xyz\r\n"), [400]),
  http("chunks twice", head([...POST, "transfer-encoding: chunked, chunked"], "0\r\n\r\n"), [400, 501]),
  http("an encoding that hides chunks", head([...POST, "transfer-encoding: xchunked"], FINE), [400, 501]),
  ...["x y", "x/graphql", "a@b", "<x>", "[", "1.2.3.999", "x:99999", "x:y"].map((host) =>
    http(
      `a host that is none: ${host}`,
      head(["POST /graphql HTTP/1.1", `host: ${host}`, "connection: close", "content-length: 0"]),
      [400],
      "BAD_REQUEST",
    ),
  ),
  http("a NUL in a header", get("/health", "x-nul: a\u0000b"), [400]),
  http("a space before a colon", get("/health", "x-space : 1"), [400]),
  http("a header without a colon", get("/health", "nothing"), [400]),
  http("an unknown expectation", get("/health", "expect: a miracle"), [417]),
  http("an answer in a request", get("/health", "x: a\r\n HTTP/1.1 200 OK"), [400, 200]),
];

const BODY_TYPES: readonly [what: string, type: string][] = [
  ["a form", "application/x-www-form-urlencoded"],
  ["a form with parts", "multipart/form-data; boundary=x"],
  ["a form with parts, in capitals", "Multipart/Form-Data; boundary=x"],
  ["plain text", "text/plain"],
  ["plain text that says JSON", "text/plain; charset=application/json"],
];

/** Bodies that a page of another origin may send without asking, that are compressed, or too large. */
const bodies: readonly Attack[] = [
  ...BODY_TYPES.map(([what, type]) =>
    http(`a body of ${what}`, post(FINE, { "content-type": type }), [415], "BAD_REQUEST"),
  ),
  ...["gzip", "br", "deflate", "gzip, gzip"].map((encoding) =>
    http(
      `a body that is compressed by ${encoding}`,
      post(FINE, { "content-encoding": encoding }),
      [415],
      "BAD_REQUEST",
    ),
  ),
  http(
    "a body that says it is too large",
    head([...POST, "content-length: 999999999"]),
    [413],
    "BAD_REQUEST",
  ),
  http(
    "a body that is too large",
    post(`{"query":"{ __typename } #${"x".repeat(1_000_000)}"}`),
    [413],
    "BAD_REQUEST",
  ),
  http(
    "chunks that are too large",
    head([...POST, "transfer-encoding: chunked"], `fffff\r\n${"x".repeat(0xfffff)}\r\n0\r\n\r\n`),
    [413],
    "BAD_REQUEST",
  ),
];

const PATHS = [
  "//graphql",
  "/graphql/",
  "/GraphQL",
  "/graphql%00",
  "/%67raphql",
  "/graphql/../schema.graphql",
  "/__proto__",
  "/constructor",
  "/hasOwnProperty",
  "/.env",
  "/package.json",
  "/metrics",
  "/playground/assets/",
  "/playground/assets/../../package.json",
  "/playground/assets/%2e%2e/%2e%2e/package.json",
  "/playground/assets/..%5c..%5cpackage.json",
  "/playground/assets/client.js%00",
  "http://169.254.169.254/graphql",
];

const routes: readonly Attack[] = [
  ...PATHS.map((path) => http(`the path ${path}`, get(path), [404])),
  ...["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"].map((method) =>
    http(
      `${method} of the API`,
      head([`${method} /graphql HTTP/1.1`, "host: x", "connection: close"]),
      [405],
      "BAD_REQUEST",
    ),
  ),
  ...["POST", "DELETE"].map((method) =>
    http(
      `${method} of a page`,
      head([`${method} /health HTTP/1.1`, "host: x", "connection: close", "content-length: 0"]),
      [405],
    ),
  ),
  http(
    "an answer in a type that there is not",
    get("/graphql?query=%7B__typename%7D", "accept: image/png"),
    [406],
  ),
];

const slow = (what: string, send: Attack["send"]): Attack => ({
  kind: "slow clients",
  what,
  send,
  status: [200],
});
const ASK = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${FINE.length}\r\n\r\n`;
const SDL = "GET /schema.graphql HTTP/1.1\r\nhost: x\r\n\r\n";

/** Many clients that hold on to what they have, while somebody else asks. */
const slowClients: readonly Attack[] = [
  slow("200 that say nothing", crowd(200, "")),
  slow("200 that do not end a line", crowd(200, "POST /gra")),
  slow("200 that do not end their headers", crowd(200, "GET /health HTTP/1.1\r\nhost: x\r\nx-slow: ")),
  slow("200 that send no body", crowd(200, ASK)),
  slow("200 that send a part of a body", crowd(200, ASK + FINE.slice(0, 9))),
  slow("200 that ask and leave", crowd(200, ASK + FINE, true)),
  slow("100 that ask for much and read nothing", crowd(100, SDL.repeat(10))),
  slow(
    "20 that ask five thousand times at once",
    crowd(20, "GET /health HTTP/1.1\r\nhost: x\r\n\r\n".repeat(5_000)),
  ),
  slow("20 that ask a hundred times at once", crowd(20, (ASK + FINE).repeat(100), true)),
];

export const ATTACKS_ON_HTTP = [...framing, ...bodies, ...routes, ...slowClients];
