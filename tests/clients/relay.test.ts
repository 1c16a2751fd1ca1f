import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  Network,
  RecordSource,
  type RequestParameters,
  Store,
} from "relay-runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, STEPS_QUERY, SUMMARY_QUERY, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { type TemporaryProject, temporaryProject } from "./temporary-project.ts";
import { openWire } from "./wire.ts";

/** Relay wants a query to have the name of its file and to end in `Query`. */
const queries = { Path: CORE_QUERY, Summary: SUMMARY_QUERY, Steps: STEPS_QUERY };
type Name = keyof typeof queries;

const config = { src: "./src", schema: "./schema.graphql", language: "typescript" };

/** The same queries are compiled twice: with their texts, and with ids whose texts go into a file for the server. */
const plain = { ...config, artifactDirectory: "./plain" };
const persisted = {
  ...config,
  artifactDirectory: "./persisted",
  persistConfig: { file: "./operations.json", algorithm: "SHA256" },
};

describe("Relay", () => {
  let server: TestServer;
  let project: TemporaryProject;
  beforeAll(async () => {
    project = await temporaryProject();
    const sources = Object.entries(queries).map(([name, query]) => [
      `src/${name}.ts`,
      `import { graphql } from "relay-runtime";\ngraphql\`${query.replace(`query ${name}(`, `query ${name}Query(`)}\`;\n`,
    ]);
    await project.write({
      ...Object.fromEntries(sources),
      "schema.graphql": readFileSync(new URL("../../schema/schema.graphql", import.meta.url), "utf8"),
      "plain.json": JSON.stringify(plain),
      "persisted.json": JSON.stringify(persisted),
      // The compiler does not make these.
      "plain/.gitkeep": "",
      "persisted/.gitkeep": "",
      "operations.json": "{}",
    });
    await project.compileRelay("plain.json");
    await project.compileRelay("persisted.json");
    server = await startTestServer({ operationFiles: [join(project.folder, "operations.json")] });
  });
  afterAll(async () => {
    await server.close();
    await project.remove();
  });
  expectSilence();

  const artifact = async (name: Name, folder = "plain"): Promise<ConcreteRequest> =>
    (await import(join(project.folder, folder, `${name}Query.graphql.ts`))).default;

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

  test("names a persisted query and gets the path", async () => {
    const { environment, exchanges } = connect(({ id }) => ({ documentId: id }));
    const query = await artifact("Path", "persisted");
    expectCorePath(await fetchQuery(environment, query, { ...VARIABLES }).toPromise());
    expect(query.params.id).toMatch(/^[0-9a-f]{64}$/);
    expect(exchanges).toMatchObject([{ status: 200, sent: { documentId: query.params.id } }]);
  });

  test("generates types that fit", () => project.checkTypes());

  test("keeps what two components ask of one path", async () => {
    const { environment, exchanges } = connect(({ text }) => ({ query: text }));
    for (const name of ["Summary", "Steps"] as const) {
      const query = await artifact(name);
      const operation = createOperationDescriptor(query, { ...VARIABLES });
      environment.retain(operation);
      await fetchQuery(environment, query, { ...VARIABLES }).toPromise();
    }
    for (const name of ["Summary", "Steps"] as const) {
      const operation = createOperationDescriptor(await artifact(name), { ...VARIABLES });
      expect(environment.check(operation).status).toBe("available");
      const expected = await server.ask(queries[name], VARIABLES);
      expect(environment.lookup(operation.fragment).data).toMatchObject(expected.data);
    }
    expect(exchanges).toHaveLength(2);
  });
});
