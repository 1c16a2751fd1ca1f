import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";
import { OPERATIONS, operationsGraph } from "../support/operations-graph.ts";

/**
 * Every `<name>.graphql` in this folder is asked about the graph in graph.yaml, with `<name>.variables.json` if
 * there is one, and answered by `<name>.json`. To add a case, write the question and run with `-u`, then read
 * the answer.
 */
let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

const files = readdirSync(OPERATIONS);
const names = files.filter((name) => name.endsWith(".graphql")).map((name) => basename(name, ".graphql"));

test.each(names)("%s", async (name) => {
  const read = (file: string) => readFileSync(join(OPERATIONS, file), "utf8");
  const variables = files.includes(`${name}.variables.json`)
    ? JSON.parse(read(`${name}.variables.json`))
    : {};
  const { status, data, errors } = await api.ask(read(`${name}.graphql`), variables);
  expect(status).toBe(200);
  expect(errors.map(({ extensions }) => extensions.code)).not.toContain("INTERNAL_SERVER_ERROR");
  const answer = errors.length === 0 ? { data } : { data, errors };
  await expect(`${JSON.stringify(answer, null, 2)}\n`).toMatchFileSnapshot(join(OPERATIONS, `${name}.json`));
});
