import { type Attack, crowd, get, head, postTo } from "./attack.ts";
import { SLUGS } from "./values.ts";

/** What is served beside the API. Others have none of it, so they are not tried with these. */

const file = (kind: Attack["kind"], what: string, path: string, status: number, ...headers: string[]) =>
  ({ kind, what, send: get(path, ...headers), status: [status] }) satisfies Attack;

const LONG = "x".repeat(3_000);
const ENCODED = SLUGS.filter(([, slug]) => slug.length < 100).map(
  // A half of a character has no encoding; this is what some write for it.
  ([what, slug]) => [what, slug === "\ud800" ? "%ED%A0%80" : encodeURIComponent(slug)] as const,
);

const PARQUET = "/export/groups.parquet?roots=git";
const exports: readonly Attack[] = [
  file("exports", "a format of 3,000 letters", `/export/${LONG}`, 404),
  file("exports", "a format of a path", "/export/..%2f..%2fetc%2fpasswd", 404),
  file("exports", "a format of a property of objects", "/export/__proto__", 404),
  file("exports", "a parameter of 3,000 letters", `/export/edges.csv?direction=${LONG}`, 400),
  file("exports", "a projection that there is not", "/export/edges.csv?projection=__proto__", 400),
  ...["-1", "1e3", "99999999", "NaN", "0x10", LONG].map((depth) =>
    file("exports", `a depth of ${depth.slice(0, 10)}`, `/export/edges.csv?roots=git&depth=${depth}`, 400),
  ),
  ...[["a root of 3,000 letters", LONG] as const, ...ENCODED].map(([what, root]) =>
    file("exports", `a root: ${what}`, `/export/edges.csv?roots=${root}`, 400),
  ),
  ...["bytes=999999999-", "bytes=-0"].map((range) =>
    file("exports", `a range of ${range}`, PARQUET, 416, `range: ${range}`),
  ),
  ...[
    `bytes=${"0-,".repeat(4_000)}`,
    "bytes=5-1",
    "bytes=0-1,2-3",
    "lines=0-1",
    "bytes=0x0-0x1",
    "bytes=99999999999999999999-",
  ].map((range) => file("exports", `a range of ${range.slice(0, 30)}`, PARQUET, 200, `range: ${range}`)),
  file("exports", "a list of 3,000 ETags", PARQUET, 200, `if-none-match: ${'"a",'.repeat(3_000)}`),
];

const SUBSCRIPTION = "/graphql?query=";
const EVENTS = "accept: text/event-stream";
const stream = (
  what: string,
  query: string,
  status: number,
  code: string | undefined,
  ...headers: string[]
) =>
  ({
    ...file("streams", what, SUBSCRIPTION + encodeURIComponent(query), status, EVENTS, ...headers),
    ...(code !== undefined && { code }),
  }) satisfies Attack;
const CHANGED = "subscription { graphChanged { revision } }";

const streams: readonly Attack[] = [
  ...["-1", "1e3", "x", "", "2147483648", "\u00ff", "1".repeat(5_000)].map((id) =>
    stream(`a last event of ${id.slice(0, 12)}`, CHANGED, 400, "BAD_REQUEST", `last-event-id: ${id}`),
  ),
  stream("a last event that is yet to come", CHANGED, 400, "BAD_USER_INPUT", "last-event-id: 2147483647"),
  stream(
    "from before the first revision",
    "subscription { graphChanged(since: -1) { revision } }",
    400,
    "BAD_USER_INPUT",
  ),
  ...["@skip(if: true)", "@include(if: false)"].map((condition) =>
    stream(
      `${condition} on all that there is`,
      `subscription { graphChanged ${condition} { revision } }`,
      400,
      "GRAPHQL_VALIDATION_FAILED",
    ),
  ),
  stream(
    "the same in a fragment",
    "subscription { ...F @skip(if: true) } fragment F on Subscription { graphChanged { revision } }",
    400,
    "GRAPHQL_VALIDATION_FAILED",
  ),
  stream(
    "two things at once",
    "subscription { a: graphChanged { revision } b: graphChanged { revision } }",
    400,
    "GRAPHQL_VALIDATION_FAILED",
  ),
  stream("the schema", "subscription { __schema { types { name } } }", 400, "GRAPHQL_VALIDATION_FAILED"),
  {
    kind: "streams",
    what: "all changes a thousand times",
    send: postTo(
      "/graphql",
      JSON.stringify({
        query: `subscription { graphChanged(since: 0) { ${Array.from({ length: 1_000 }, (_, at) => `a${at}: changes(first: 100) { nodes { slug } }`).join(" ")} } }`,
      }),
      EVENTS,
    ),
    status: [400],
    code: "GRAPHQL_PARSE_FAILED",
  },
  {
    ...file(
      "streams",
      "a stream that is not asked for as one",
      SUBSCRIPTION + CHANGED.replaceAll(" ", "%20"),
      406,
    ),
    code: "BAD_REQUEST",
  },
  {
    kind: "streams",
    what: "the headers of one",
    send: head([
      `HEAD ${SUBSCRIPTION}${encodeURIComponent(CHANGED)} HTTP/1.1`,
      "host: x",
      "connection: close",
      EVENTS,
    ]),
    status: [405],
  },
  {
    kind: "streams",
    what: "a hundred and fifty of one client",
    send: crowd(
      150,
      `GET ${SUBSCRIPTION}${encodeURIComponent(CHANGED)} HTTP/1.1\r\nhost: x\r\n${EVENTS}\r\n\r\n`,
    ),
    status: [200],
  },
];

const message = (what: string, body: string, code?: string): Attack => ({
  kind: "assistants",
  what,
  send: postTo("/mcp", body),
  status: [200],
  ...(code !== undefined && { code }),
});
const asked = (what: string, request: object, code?: string) =>
  message(what, JSON.stringify({ jsonrpc: "2.0", id: 1, ...request }), code);
const called = (what: string, name: unknown, given: unknown, code?: string) =>
  asked(what, { method: "tools/call", params: { name, arguments: given } }, code);
const INVALID = "-32600";
const PARAMETERS = "-32602";

const assistants: readonly Attack[] = [
  message("nothing", "", "-32700"),
  message("half of a message", "{", "-32700"),
  message("brackets in brackets", `${"[".repeat(49_000)}${"]".repeat(49_000)}`, INVALID),
  message(
    "many messages at once",
    `[${'{"jsonrpc":"2.0","id":1,"method":"ping"},'.repeat(1_000)}1]`,
    INVALID,
  ),
  asked("a method of 90,000 letters", { method: "x".repeat(90_000) }, "-32601"),
  asked("a method of objects", { method: "constructor" }, "-32601"),
  asked("an id of 50,000 letters", { id: "x".repeat(50_000), method: "ping" }, INVALID),
  asked("an id that is none", { id: { toString: 1 }, method: "ping" }, INVALID),
  asked("a version that is none", { method: "initialize", params: { protocolVersion: { toString: 1 } } }),
  called("a tool that is no text", { toString: 1, valueOf: 1 }, {}, PARAMETERS),
  called("a list of them", [{ toString: 1, valueOf: 1 }], {}, PARAMETERS),
  called("a tool of objects", "__proto__", {}, PARAMETERS),
  called("a tool of 90,000 letters", "x".repeat(90_000), {}, PARAMETERS),
  called("thirty thousand goals", "learning_path", { goals: Array.from({ length: 30_000 }, () => ({})) }),
  called(
    "thousands of unknown members",
    "learning_path",
    Object.fromEntries(Array.from({ length: 8_000 }, (_, at) => [`k${at}`, 1])),
  ),
  called("an unknown member of 90,000 letters", "learning_path", { ["x".repeat(90_000)]: 1 }),
  called("what is given as a list", "skill", []),
  ...SLUGS.filter(([, slug]) => slug.length < 100).map(([what, slug]) =>
    called(`a skill of ${what}`, "skill", { slug }),
  ),
  { kind: "assistants", what: "too much to read", send: postTo("/mcp", " ".repeat(100_001)), status: [413] },
  {
    kind: "assistants",
    what: "a form",
    send: postTo("/mcp", "a=b", "content-type: application/x-www-form-urlencoded"),
    status: [415],
  },
  { kind: "assistants", what: "to listen", send: get("/mcp", EVENTS), status: [405] },
];

const pages: readonly Attack[] = [
  ...ENCODED.flatMap(([what, slug]) => [
    // What cannot be searched for is not looked for.
    file("pages", `a skill of ${what}`, `/skills/${slug}`, slug.includes("%00") ? 400 : 404),
    file(
      "pages",
      `a picture of ${what}`,
      `/roles/${slug}.svg`,
      slug === "..%2F..%2Fetc%2Fpasswd" ? 404 : 404,
    ),
    file("pages", `an embed of ${what}`, `/embed/roles/${slug}`, 404),
    file("pages", `a checklist of ${what}`, `/learning-path.md?role=${slug}`, 400),
  ]),
  ...["0", "-1", "1e9", "99999999999", "x", "1.5", "%00"].map((revision) =>
    file("pages", `an embed at revision ${revision}`, `/embed/skills/git?revision=${revision}`, 400),
  ),
  file("pages", "an embed at a revision that is yet to come", "/embed/skills/git?revision=999999999", 404),
  ...[
    "weeklyHours=1e9",
    "weeklyHours=0x1",
    "weeklyHours=-1",
    "startOn=0000-01-01",
    "startOn=x",
    "daysOff=..",
    "likes=git:",
  ].map((parameter) =>
    file(
      "pages",
      `a calendar with ${parameter}`,
      `/learning-path.ics?skill=git&weeklyHours=5&startOn=2027-01-04&${parameter}`,
      400,
    ),
  ),
  ...["/path", "/path.svg", "/embed/path", "/oembed"].map((path) =>
    file(
      "pages",
      `${path} from a day that is none`,
      `${path}?skill=git&startOn=x&url=http://x/path?skill=git%26startOn=x`,
      400,
    ),
  ),
  file("pages", "a page that there is not, of 3,000 letters", `/${LONG}`, 404),
  file("pages", "a picture in another theme", "/skills/git.svg?theme=%22%3E%3Cscript%3E", 400),
  file("pages", "a picture of all", "/skills/git.svg?depth=1e9", 400),
  file("pages", "a frame of another site", "/oembed?url=https://example.org/roles/backend-developer", 404),
];

const sent = (path: string, ...headers: string[]) =>
  [`GET ${path} HTTP/1.1`, "host: x", ...headers, "", ""].join("\r\n");
const crowds: readonly Attack[] = [
  ["exports that nobody reads", sent("/export/graphml")],
  ["the same compressed", sent("/export/graphml", "accept-encoding: gzip")],
  [
    "who wait for a revision that does not come",
    sent("/graphql?query=%7B__typename%7D", "x-min-revision: 2000000000"),
  ],
  ["pictures that nobody reads", sent("/path.svg?role=backend-developer")],
].map(([what = "", text = ""]) => ({
  kind: "load",
  what: `hundreds of ${what}`,
  send: crowd(300, text),
  status: [200],
}));

export const ATTACKS_ON_SURFACES: readonly Attack[] = [
  ...exports,
  ...streams,
  ...assistants,
  ...pages,
  ...crowds,
];
