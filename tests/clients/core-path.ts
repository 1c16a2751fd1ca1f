import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { documentId } from "../../src/http/graphql/persisted.ts";
import { CORE_ANSWER } from "../support/core-answer.ts";

/** What every client asks: the documented path, and two components of one page that show different parts of it. */

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

export const VARIABLES: { readonly input: Readonly<Record<string, unknown>> } = JSON.parse(
  read("../operations/learning-path.variables.json"),
);

/** The core query as it is documented, which selects no ids. */
export const CORE_QUERY = read("../operations/learning-path.graphql");

/** The same question as the server ships it for clients that name an operation instead of sending it. */
export const SHIPPED_QUERY = read("../../src/http/operations/learning-path.graphql");
export const SHIPPED_ID = documentId(SHIPPED_QUERY);

/** A component at the top of the page. */
export const SUMMARY_QUERY = `query Summary($input: LearningPathInput!) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      id
      totalHours
      isOptimal
      steps {
        id
        position
        skill { id name }
        because { id goals { id slug } }
        alternatives { id extraHours }
      }
      criticalPath { id hours }
    }
    ... on Error { message }
  }
}`;

/** A component below it: other fields of the same path, of the same steps, reasons and alternatives. */
export const STEPS_QUERY = `query Steps($input: LearningPathInput!) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      id
      revision
      lowerBoundHours
      steps {
        id
        stage
        hours
        skill { id slug }
        because { id requiredBy { id slug } }
        alternatives { id skill { id slug } }
      }
      criticalPath { id steps { id position } }
    }
    ... on Error { message }
  }
}`;

/** Checks that an answer is the documented path: proved, all its steps from a schema that knows Git. */
export function expectCorePath(data: unknown): void {
  const steps = Array.from({ length: CORE_ANSWER.steps }, () => ({ skill: expect.anything() }));
  expect(data).toMatchObject({
    learningPath: {
      __typename: "LearningPath",
      totalHours: CORE_ANSWER.hours,
      isOptimal: true,
      lowerBoundHours: CORE_ANSWER.hours,
      steps,
    },
  });
}
