import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TOOLS } from "../../../src/http/mcp/tools.ts";
import { startTestServer, type TestServer } from "../../support/http.ts";
import { TOKEN_SECRET } from "../../support/tokens.ts";
import { get, LEAKS, postTo, probe } from "./attack.ts";
import { TOKEN } from "./values.ts";

/** How often each is tried; more with FUZZ_RUNS, by hand. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ apiToken: TOKEN, tokens: { secret: TOKEN_SECRET } });
});
afterAll(async () => {
  expect(await probe(server.url)).toEqual([]);
  await server.close();
});

/** Characters that may stand in a header. */
const headerText = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
});
const number = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom(
    "",
    "-1",
    "0",
    "1e9",
    "00",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "0x1",
    "1.5",
  ),
);
const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 4 }).map((all) => all.join(","));
const tag = fc.oneof(fc.constantFrom("*", 'W/"a"', '"1-a"', '"', ""), headerText);

const header = fc.oneof(
  fc.tuple(fc.constant("range"), list(fc.tuple(number, number).map(([from, to]) => `bytes=${from}-${to}`))),
  fc.tuple(fc.constantFrom("if-none-match", "if-range"), list(tag)),
  fc.tuple(fc.constantFrom("last-event-id", "x-min-revision"), number),
  fc.tuple(
    fc.constant("authorization"),
    fc.oneof(
      headerText,
      fc
        .tuple(fc.constantFrom("Bearer ", "bearer  ", "Basic ", ""), headerText)
        .map((parts) => parts.join("")),
      list(
        fc.constantFrom(
          "Bearer a.b.c",
          `Bearer ${TOKEN}`,
          "Bearer sg_0123456789abcdef_x",
          "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x",
        ),
      ),
    ),
  ),
  fc.tuple(
    fc.constantFrom("accept", "accept-encoding"),
    list(
      fc
        .tuple(
          fc.constantFrom("br", "gzip", "*", "identity", "text/html", "application/json", "*/*", ""),
          fc.constantFrom("", ";q=0", ";q=x", ";q=1e9", ";;", ";q=-1"),
        )
        .map((parts) => parts.join("")),
    ),
  ),
  fc.tuple(fc.constantFrom("host", "x-forwarded-for", "x-request-id", "content-type"), headerText),
);

const parameter = fc.tuple(
  fc.constantFrom(
    "roots",
    "depth",
    "direction",
    "projection",
    "role",
    "skill",
    "goals",
    "known",
    "weeklyHours",
    "startOn",
    "daysOff",
    "likes",
    "view",
    "theme",
    "expand",
    "revision",
    "q",
    "url",
    "from",
    "to",
  ),
  fc.oneof(
    number,
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "git",
      "backend-developer",
      "role:git",
      "__proto__",
      "2027-01-04",
      "git:1",
      "%",
      ",",
      "..",
    ),
  ),
);
const query = fc
  .array(parameter, { maxLength: 4 })
  .map((all) => all.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&"));
const path = fc.constantFrom(
  ...[
    "/export/groups.parquet",
    "/export/edges.csv",
    "/export/x",
    "/graphql",
    "/learning-path.md",
    "/learning-path.ics",
  ],
  ...[
    "/path",
    "/path.dot",
    "/skills/git",
    "/skills/git.json",
    "/embed/skills/git",
    "/search",
    "/compare",
    "/oembed",
    "/",
  ],
);

test("whatever headers and parameters say, no answer is a fault of the server", async () => {
  await fc.assert(
    fc.asyncProperty(path, query, fc.array(header, { maxLength: 4 }), async (at, parameters, headers) => {
      const lines = headers.map(([name, value]) => `${name}: ${value}`);
      const answer = await get(`${at}?${parameters}`, ...lines)(server.url);
      expect(answer.status).toBeGreaterThanOrEqual(200);
      // A revision that does not come is waited for.
      expect(
        answer.status === 503 ? JSON.parse(answer.body).errors[0].extensions.code : answer.status,
      ).toSatisfy((told) => told === "REVISION_NOT_REACHED" || told < 500);
      if (answer.status >= 400) expect(LEAKS.exec(answer.body)?.[0]).toBeUndefined();
      if (answer.status >= 400) expect(answer.body.length).toBeLessThan(10_000);
    }),
    { numRuns: RUNS },
  );
});

const json = fc.jsonValue({ maxDepth: 3 });
const tool = fc.constantFrom(...TOOLS.keys());
const given = fc.dictionary(
  fc.constantFrom(
    "goals",
    "known",
    "choose",
    "avoid",
    "skill",
    "slug",
    "query",
    "first",
    "of",
    "depth",
    "__proto__",
  ),
  fc.oneof(json, fc.constantFrom("git", 1, { skill: "git" }, [{ skill: "git" }], ["git"])),
);
const message = fc.oneof(
  json,
  fc.record(
    {
      jsonrpc: fc.constant("2.0"),
      id: json,
      method: fc.constantFrom("ping", "initialize", "tools/list", "tools/call"),
      params: json,
    },
    { requiredKeys: ["jsonrpc", "method"] },
  ),
  fc.record({
    jsonrpc: fc.constant("2.0"),
    id: fc.nat(),
    method: fc.constant("tools/call"),
    params: fc.record({ name: fc.oneof(tool, json), arguments: given }),
  }),
);

test("whatever an assistant sends, it is told what is wrong with it", async () => {
  await fc.assert(
    fc.asyncProperty(message, async (sent) => {
      const answer = await postTo("/mcp", JSON.stringify(sent))(server.url);
      expect([200, 202]).toContain(answer.status);
      expect(LEAKS.exec(answer.body)?.[0]).toBeUndefined();
      expect(answer.body.length).toBeLessThan(20_000);
    }),
    { numRuns: RUNS },
  );
});
