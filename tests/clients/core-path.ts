import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { documentId } from "../../src/http/graphql/persisted.ts";

/** What every client asks: the documented path. */

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

export const VARIABLES: { readonly input: Readonly<Record<string, unknown>> } = JSON.parse(
  read("../operations/learning-path.variables.json"),
);

/** The core query as it is documented, which selects no ids. */
export const CORE_QUERY = read("../operations/learning-path.graphql");

/** The same question as the server ships it for clients that name an operation instead of sending it. */
export const SHIPPED_QUERY = read("../../src/http/operations/learning-path.graphql");
export const SHIPPED_ID = documentId(SHIPPED_QUERY);
/** Checks that an answer is the documented path: 577 hours, proved, 104 steps from a schema that knows Git. */
export function expectCorePath(data: unknown): void {
  const steps = Array.from({ length: 104 }, () => ({ skill: expect.anything() }));
  expect(data).toMatchObject({
    learningPath: {
      __typename: "LearningPath",
      totalHours: 577,
      isOptimal: true,
      lowerBoundHours: 577,
      steps,
    },
  });
}
