import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../../support/http.ts";
import { faultsOf, probe } from "./attack.ts";
import { ATTACKS } from "./attacks.ts";
import { TOKEN } from "./values.ts";

let server: TestServer;
let repelled = 0;
beforeAll(async () => {
  server = await startTestServer({ apiToken: TOKEN });
});
afterAll(async () => {
  await server.close();
  process.stdout.write(`${repelled} of ${ATTACKS.length} attacks repelled\n`);
});

test("there are at least 130, each with a name of its own", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(130);
  expect(new Set(ATTACKS.map(({ kind, what }) => `${kind} ${what}`)).size).toBe(ATTACKS.length);
});

describe.each([...new Set(ATTACKS.map(({ kind }) => kind))])("%s", (kind) => {
  test.each(ATTACKS.filter((attack) => attack.kind === kind).map((attack) => [attack.what, attack] as const))(
    "%s",
    async (_what, attack) => {
      const answer = await attack.send(server.url);
      const faults = [...faultsOf(attack, answer), ...(await probe(server.url))];
      expect(faults, answer.body.slice(0, 500)).toEqual([]);
      repelled++;
    },
  );
});
