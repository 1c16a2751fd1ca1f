import { expect, test } from "vitest";
import { compareGraphs } from "../support/compared-graphs.ts";

/** `npm run bench -- --only compare` compares 20,000. */
const GRAPHS = Number(process.env.COMPARED_GRAPHS ?? 300);

test(`answers on ${GRAPHS} random graphs are those of a model written from the definitions`, () => {
  const { graphs, differences } = compareGraphs(GRAPHS);
  expect(differences).toEqual([]);
  expect(graphs).toBe(GRAPHS);
});
