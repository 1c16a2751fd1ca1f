import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConcreteRequest,
  Environment,
  fetchQuery,
  Network,
  RecordSource,
  type RequestParameters,
  Store,
} from "relay-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { type TemporaryProject, temporaryProject } from "./temporary-project.ts";
import { openWire } from "./wire.ts";

/** Relay wants a query to have the name of its file and to end in `Query`. */
const queries = { Path: CORE_QUERY };
type Name = keyof typeof queries;

const config = {
  src: "./src",
  schema: "./schema.graphql",
  language: "typescript",
  artifactDirectory: "./artifacts",
};

describe("Relay", () => {
  let server: TestServer;
  let project: TemporaryProject;
  beforeAll(async () => {
    server = await startTestServer();
    project = await temporaryProject();
    const sources = Object.entries(queries).map(([name, query]) => [
      `src/${name}.ts`,
      `graphql\`${query.replace(`query ${name}(`, `query ${name}Query(`)}\`;\n`,
    ]);
    await project.write({
      ...Object.fromEntries(sources),
      "schema.graphql": readFileSync(new URL("../../schema/schema.graphql", import.meta.url), "utf8"),
      "plain.json": JSON.stringify(config),
      // The compiler wants the folder to be there.
      "artifacts/.gitkeep": "",
    });
    await project.compileRelay("plain.json");
  });
  afterAll(async () => {
    await server.close();
    await project.remove();
  });
  expectSilence();

  const artifact = async (name: Name): Promise<ConcreteRequest> =>
    (await import(join(project.folder, "artifacts", `${name}Query.graphql.ts`))).default;

  const connect = (body: (request: RequestParameters) => Record<string, unknown>) => {
    const { fetch, exchanges } = openWire();
    const environment = new Environment({
      network: Network.create(async (request, variables) => {
        const response = await fetch(`${server.url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...body(request), variables }),
        });
        return response.json();
      }),
      store: new Store(new RecordSource()),
    });
    return { environment, exchanges };
  };

  test("runs a compiled query and gets the path", async () => {
    const { environment, exchanges } = connect(({ text }) => ({ query: text }));
    expectCorePath(await fetchQuery(environment, await artifact("Path"), { ...VARIABLES }).toPromise());
    expect(exchanges).toMatchObject([{ status: 200 }]);
  });
});
