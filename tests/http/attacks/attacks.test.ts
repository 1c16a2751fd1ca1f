import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/http.ts";
import { TOKEN_SECRET } from "../../support/tokens.ts";
import { faultsOf, probe } from "./attack.ts";
import { ATTACKS } from "./attacks.ts";
import { ATTACKS_ON_DATA } from "./data.ts";
import { ATTACKS_ON_SURFACES } from "./surfaces.ts";
import { TOKEN } from "./values.ts";

const ALL = [...ATTACKS, ...ATTACKS_ON_SURFACES, ...ATTACKS_ON_DATA];

let server: TestServer;
let repelled = 0;
beforeAll(async () => {
  server = await startTestServer({ apiToken: TOKEN, tokens: { secret: TOKEN_SECRET } });
});
afterAll(async () => {
  await server.close();
  process.stdout.write(`${repelled} of ${ALL.length} attacks repelled\n`);
});

test("there are at least 130, each with a name of its own", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(130);
  expect(new Set(ALL.map(({ kind, what }) => `${kind} ${what}`)).size).toBe(ALL.length);
});

describe.each([...new Set(ALL.map(({ kind }) => kind))])("%s", (kind) => {
  test.each(ALL.filter((attack) => attack.kind === kind).map((attack) => [attack.what, attack] as const))(
    "%s",
    async (_what, attack) => {
      const answer = await attack.send(server.url);
      const faults = [...faultsOf(attack, answer), ...(await probe(server.url))];
      expect(faults, answer.body.slice(0, 500)).toEqual([]);
      repelled++;
    },
  );
});
