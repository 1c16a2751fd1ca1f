import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { carriedBy } from "../../../src/planning/order/carried.ts";
import { fewestChapters } from "../../../src/planning/order/chapters.ts";
import { withLaterSteps } from "../../../src/planning/order/later-chapters.ts";
import { sectionsOf } from "../../../src/planning/order/sections.ts";
import { teachingOrderSearch } from "../../../src/planning/order/teaching-order.ts";
import { carriedCost, type StepGraph } from "../../../src/planning/order/used-prerequisites.ts";
import { fewestSectionsBySets } from "../../support/least-order-by-sets.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { expectLearnable, stepGraph } from "../../support/step-graph.ts";

const topics = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 });
/** The topics of skills: none of them is on the path. */
const TOPIC = 100;

/** The order of all steps, each a skill; the guide gives topics and roadmaps. */
function taught(steps: StepGraph, topicAt: readonly number[], roadmap: readonly (readonly number[])[] = []) {
  const owners = steps.cost.map((cost, step) => {
    const of = steps.needs[step]!.map((skill) => ({ skill }));
    return { cost, requirement: of.length === 0 ? undefined : { atLeast: of.length, of } };
  });
  const graph = buildPrerequisiteGraph(owners.length, owners);
  const path = [...owners.keys()];
  const topicOf = new Map(path.map((skill) => [skill, topicAt[skill]!]));
  const found = runToEnd(teachingOrderSearch(graph, path, { topicOf, roadmaps: [roadmap] }, 1e9));
  return { ...found, ...carriedBy(graph, path, found), sections: sectionsOf(graph, found.order, topicOf) };
}

describe("a path in chapters", () => {
  test("changes topics as seldom as any order does, then carries least with these chapters", () => {
    fc.assert(
      fc.property(stepGraph, topics, (steps, labels) => {
        const topicAt = labels.slice(0, steps.cost.length).map((label) => TOPIC + label);
        const { order, carried, carriedLowerBound, sections } = taught(steps, topicAt);
        expectLearnable(steps, order);
        expect(carried).toBe(carriedCost(steps, order));
        expect(carriedLowerBound).toBe(carried);
        const best = fewestSectionsBySets(steps, labels.slice(0, steps.cost.length));
        expect(sections.length).toBe(best.sections);
        expect(carried).toBeGreaterThanOrEqual(best.carried);
        // Where no topic is entered again, there is one way to divide the path into chapters.
        if (sections.length === new Set(topicAt).size) expect(carried).toBe(best.carried);
        const chapterAt: number[] = [];
        sections.forEach(({ from, end }, chapter) => {
          for (const step of order.slice(from, end)) chapterAt[step] = chapter;
        });
        expect(fewestSectionsBySets(steps, chapterAt)).toEqual({ sections: sections.length, carried });
      }),
      { numRuns: 1_000 },
    );
  });

  test("says what each topic that is entered again waited for", () => {
    fc.assert(
      fc.property(stepGraph, topics, (steps, labels) => {
        const topicAt = labels.slice(0, steps.cost.length).map((label) => TOPIC + label);
        const { order, sections } = taught(steps, topicAt);
        const endOf = new Map<number | undefined, number>();
        for (const { topic, from, end, returnsBecause } of sections) {
          const before = endOf.get(topic);
          endOf.set(topic, end);
          if (before === undefined) {
            expect(returnsBecause).toBeUndefined();
            continue;
          }
          expect(order.slice(before, from)).toContain(returnsBecause);
          const needed = order.slice(from, end).flatMap((step) => steps.needs[step]!);
          expect(needed).toContain(returnsBecause);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("leaves to a later chapter what is used more than it uses, and stays learnable", () => {
    // 0 → 1 → 2: topics A, B, A. 3 of A, used by 2 and 4 of C, can come with either.
    const steps: StepGraph = {
      cost: [1, 1, 1, 1, 1],
      needs: [[], [0], [1, 3], [], [3]],
      usedBy: [[1], [2], [], [2, 4], []],
    };
    const chapters = runToEnd(fewestChapters([0, 1, 0, 0, 2], steps));
    expect(chapters[0]).toEqual({ topic: 0, steps: [0, 3] });
    const later = runToEnd(withLaterSteps(chapters, steps));
    expect(later.map((chapter) => chapter.steps)).toEqual([[0], [1], [2, 3], [4]]);
  });

  test("begins with what three other topics stand on and what stands on that alone, then follows the author, then has the rest", () => {
    // Step 4, of topic E, is used by three topics. The author names A last and D first, and knows more of topic D.
    const [a, b, c, d, e] = [10, 11, 12, 13, 14];
    const steps: StepGraph = {
      cost: [1, 1, 1, 1, 1],
      needs: [[4], [4], [], [4], []],
      usedBy: [[], [], [], [], [0, 1, 3]],
    };
    const inOrder = (roadmap: readonly (readonly number[])[]) => {
      const byNumber = [4, 0, 1, 2, 3];
      const place = new Map(byNumber.map((step, number) => [step, number]));
      const renumbered = byNumber.map((step) => steps.needs[step]!.map((other) => place.get(other)!));
      const usedBy = byNumber.map((step) => steps.usedBy[step]!.map((other) => place.get(other)!));
      const topicAt = byNumber.map((step) => [a, b, c, d, e][step]!);
      return taught({ cost: steps.cost, needs: renumbered, usedBy }, topicAt, roadmap).order;
    };
    expect(inOrder([])[0]).toBe(0);
    expect(inOrder([[4], [1]])).toEqual([0, 2, 4, 1, 3]);
    expect(inOrder([[3], [4], [1]])).toEqual([0, 2, 3, 4, 1]);
  });

  test("takes what the author does not name, but builds on, as soon as it can", () => {
    // 0 is named first, 1 second, 3 last; 2 needs 0 and is needed by 3, 4 needs 1 and is needed by nothing.
    const steps: StepGraph = {
      cost: [1, 1, 1, 1, 1],
      needs: [[], [], [0], [2], [1]],
      usedBy: [[2], [4], [3], [], []],
    };
    expect(taught(steps, [10, 11, 12, 13, 14], [[0], [1], [3]]).order).toEqual([0, 2, 1, 3, 4]);
  });

  test("takes what a fifth of few topics stand on for a foundation, where an author decides", () => {
    // 2 is used by two other topics of five, and named last.
    const steps: StepGraph = {
      cost: [1, 1, 1, 1, 1],
      needs: [[], [], [], [2], [2]],
      usedBy: [[], [], [3, 4], [], []],
    };
    expect(taught(steps, [10, 11, 12, 13, 14], [[0], [1], [3], [4], [2]]).order).toEqual([2, 0, 1, 3, 4]);
  });

  test("begins a chapter with the skill that is its topic", () => {
    // Skill 2 is the topic of all, and needs 1; alone, 0 would come first because 3 needs it at once.
    const steps: StepGraph = {
      cost: [1, 1, 1, 1],
      needs: [[], [], [1], [0]],
      usedBy: [[3], [2], [], []],
    };
    expect(taught(steps, [2, 2, 2, 2]).order.slice(0, 2)).toEqual([1, 2]);
    expect(taught(steps, [TOPIC, TOPIC, TOPIC, TOPIC]).order.slice(0, 2)).toEqual([0, 3]);
  });
});
