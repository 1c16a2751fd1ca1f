import { expect, test } from "vitest";
import { agreementWith } from "../../../src/planning/order/agreement.ts";
import { sectionsOf } from "../../../src/planning/order/sections.ts";

test("a section begins wherever the topic changes", () => {
  const topicOf = new Map([
    [10, 1],
    [11, 1],
    [13, 2],
  ]);
  expect(sectionsOf([10, 11, 12, 13, 10], topicOf)).toEqual([
    { topic: 1, from: 0, end: 2 },
    { topic: undefined, from: 2, end: 3 },
    { topic: 2, from: 3, end: 4 },
    { topic: 1, from: 4, end: 5 },
  ]);
  expect(sectionsOf([], topicOf)).toEqual([]);
});

test("pairs agree, disagree, or are in one step of the author's and count for nothing", () => {
  const roadmap = [[1, 2], [3, 1], [4]];
  expect(agreementWith([1, 2, 3, 4], roadmap)).toEqual({ pairs: 5, inversions: 0 });
  expect(agreementWith([4, 9, 3, 1], roadmap)).toEqual({ pairs: 3, inversions: 3 });
  expect(agreementWith([9], roadmap)).toEqual({ pairs: 0, inversions: 0 });
});
