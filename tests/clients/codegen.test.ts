import { readFileSync } from "node:fs";
import { join } from "node:path";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildASTSchema, parse } from "graphql";
import { afterAll, beforeAll, describe, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { type TemporaryProject, temporaryProject } from "./temporary-project.ts";

/** A page of a frontend that sends the hash of its operation, which the preset has put into the document. */
const page = `
import type { ResultOf } from "@graphql-typed-document-node/core";
import { graphql } from "./gql/gql.ts";
import type { PathQueryVariables } from "./gql/graphql.ts";

const query = graphql(\`${CORE_QUERY}\`);

export const hash = query.__meta__?.["hash"];

export async function ask(url: string, variables: PathQueryVariables) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ documentId: hash, variables }),
  });
  const { data }: { data: ResultOf<typeof query> } = await response.json();
  if (data.learningPath.__typename === "LearningPath") {
    const hours: number = data.learningPath.totalHours;
    // @ts-expect-error: hours are numbers
    const wrong: string = data.learningPath.totalHours;
    void [hours, wrong];
  } else {
    const message: string = data.learningPath.message;
    void message;
  }
  return data;
}
`;

describe("GraphQL Code Generator's client preset", () => {
  let server: TestServer;
  let project: TemporaryProject;
  beforeAll(async () => {
    project = await temporaryProject();
    await project.write({ ...(await generate()), "page.ts": page });
    const operationFiles = [join(project.folder, "gql/persisted-documents.json")];
    server = await startTestServer({ operationFiles });
  });
  afterAll(async () => {
    await server.close();
    await project.remove();
  });
  expectSilence();

  test("generates types that fit", () => project.checkTypes());

  test("sends the hash of a persisted document and gets the path", async () => {
    const { ask } = await import(join(project.folder, "page.ts"));
    expectCorePath(await ask(`${server.url}/graphql`, VARIABLES));
  });
});

/** Runs the preset as the command line would for a file with the core query. */
async function generate(): Promise<Record<string, string>> {
  const schema = parse(readFileSync(new URL("../../schema/schema.graphql", import.meta.url), "utf8"));
  const outputs = await preset.buildGeneratesSection({
    baseOutputDir: "gql/",
    presetConfig: { persistedDocuments: true },
    schema,
    schemaAst: buildASTSchema(schema),
    documents: [{ location: "page.ts", rawSDL: CORE_QUERY, document: parse(CORE_QUERY) }],
    config: {
      documentMode: "string",
      importExtension: ".ts",
      useTypeImports: true,
      scalars: { LocalDate: "string" },
    },
    plugins: [],
    pluginMap: {},
  });
  const texts = await Promise.all(outputs.map((output) => codegen(output)));
  return Object.fromEntries(outputs.map(({ filename }, index) => [filename, texts[index] ?? ""]));
}
