import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import pino from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { openApi, type TestApi } from "../support/api.ts";
import { OPERATIONS, operationsGraph } from "../support/operations-graph.ts";

/** The operation fixtures over the real server: compiled operations must give what graphql-js gives. */

let api: TestApi;
let server: RunningServer;
beforeAll(async () => {
  api = await openApi(operationsGraph());
  server = await startServer(api.store, pino({ level: "silent" }), { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await api.close();
});

const files = readdirSync(OPERATIONS);
const names = files.filter((name) => name.endsWith(".graphql")).map((name) => basename(name, ".graphql"));

test.each(names)("%s", async (name) => {
  const read = (file: string) => readFileSync(join(OPERATIONS, file), "utf8");
  const variables = files.includes(`${name}.variables.json`)
    ? JSON.parse(read(`${name}.variables.json`))
    : {};
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: read(`${name}.graphql`), variables }),
  });
  const expected = JSON.parse(read(`${name}.json`));
  const { data, errors } = await response.json();
  expect(data).toEqual(expected.data);
  expect(errors === undefined).toBe(expected.errors === undefined);
  // Only the short way says how long an answer may be kept.
  expect(response.headers.has("etag")).toBe(expected.errors === undefined);
});
