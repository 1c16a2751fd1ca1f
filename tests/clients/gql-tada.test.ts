import { join } from "node:path";
import { minifyIntrospection, outputIntrospectionFile } from "gql.tada/internal";
import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";
import { CORE_QUERY, expectCorePath, VARIABLES } from "./core-path.ts";
import { expectSilence } from "./silence.ts";
import { type TemporaryProject, temporaryProject } from "./temporary-project.ts";

/** A page of a frontend: gql.tada infers the types of the answer and of the variables from the text of the query. */
const page = `
import { initGraphQLTada, type VariablesOf } from "gql.tada";
import { GraphQLClient } from "graphql-request";
import type { introspection } from "./introspection.d.ts";

const graphql = initGraphQLTada<{ introspection: introspection; scalars: { LocalDate: string } }>();

const query = graphql(\`${CORE_QUERY}\`);

export async function ask(url: string, variables: VariablesOf<typeof query>) {
  const data = await new GraphQLClient(url).request(query, variables);
  const { learningPath } = data;
  if (learningPath.__typename === "LearningPath") {
    const hours: number = learningPath.totalHours;
    const extra: (number | null)[] = learningPath.steps.flatMap((step) => step.alternatives.map((it) => it.extraHours));
    // @ts-expect-error: hours are numbers
    const wrong: string = learningPath.totalHours;
    void [hours, extra, wrong];
  } else {
    const message: string = learningPath.message;
    void message;
  }
  return data;
}

export const variables: VariablesOf<typeof query> = {
  input: { goals: [{ role: "backend-developer" }], known: ["git"], choose: ["python"] },
};

// @ts-expect-error: no goal is of this kind
export const noGoal: VariablesOf<typeof query> = { input: { goals: [{ job: "backend-developer" }] } };
`;

describe("gql.tada", () => {
  let server: TestServer;
  let project: TemporaryProject;
  beforeAll(async () => {
    server = await startTestServer();
    project = await temporaryProject();
    const { data } = await server.ask(getIntrospectionQuery());
    // What `gql.tada generate-output` writes; the command itself cannot read a tsconfig with TypeScript 7 yet.
    const introspection = outputIntrospectionFile(minifyIntrospection(data), {
      fileType: ".d.ts",
      shouldPreprocess: true,
    });
    await project.write({ "introspection.d.ts": introspection, "page.ts": page });
  });
  afterAll(async () => {
    await server.close();
    await project.remove();
  });
  expectSilence();

  test("infers the types of the answer and of the variables", () => project.checkTypes());

  test("gets the path", async () => {
    const { ask } = await import(join(project.folder, "page.ts"));
    expectCorePath(await ask(`${server.url}/graphql`, VARIABLES));
  });
});
