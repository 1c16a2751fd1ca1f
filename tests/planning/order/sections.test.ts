import { expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { agreementWith } from "../../../src/planning/order/agreement.ts";
import { sectionsOf } from "../../../src/planning/order/sections.ts";

test("a section begins wherever the topic changes, and says what made it return", () => {
  const all = (...of: number[]) => ({ atLeast: of.length, of: of.map((skill) => ({ skill })) });
  // 4 needs 2 and 3, which come between; only 3 stands on the topic of 4.
  const owners = [undefined, undefined, undefined, all(0), all(2, 3)];
  const graph = buildPrerequisiteGraph(
    5,
    owners.map((requirement) => ({ cost: 100, requirement })),
  );
  const topicOf = new Map([
    [0, 11],
    [1, 11],
    [3, 12],
    [4, 11],
  ]);
  expect(sectionsOf(graph, [0, 1, 2, 3, 4], topicOf)).toEqual([
    { topic: 11, from: 0, end: 2, returnsBecause: undefined },
    { topic: undefined, from: 2, end: 3, returnsBecause: undefined },
    { topic: 12, from: 3, end: 4, returnsBecause: undefined },
    { topic: 11, from: 4, end: 5, returnsBecause: 3 },
  ]);
  expect(sectionsOf(graph, [], topicOf)).toEqual([]);
});

test("pairs agree, disagree, or are in one step of the author's and count for nothing", () => {
  const roadmap = [[1, 2], [3, 1], [4]];
  expect(agreementWith([1, 2, 3, 4], roadmap)).toEqual({ pairs: 5, inversions: 0 });
  expect(agreementWith([4, 9, 3, 1], roadmap)).toEqual({ pairs: 3, inversions: 3 });
  expect(agreementWith([9], roadmap)).toEqual({ pairs: 0, inversions: 0 });
});
