import fc from "fast-check";
import { expect, it } from "vitest";
import { bottlenecks, lostWithout } from "../../../src/graph/facts/bottlenecks.ts";
import { unlocks } from "../../../src/graph/walk/closure.ts";
import { depths } from "../../../src/graph/walk/topological-order.ts";
import * as graphs from "../../support/graphs.ts";
import { isMet, randomGraph, reachable } from "../../support/random-graph.ts";
import { syntheticGraph } from "../../support/synthetic-graph.ts";

it("counts what cannot be reached without a skill", () => {
  fc.assert(
    fc.property(randomGraph({ maxOthers: 3, learnable: true }), (random) => {
      const all = reachable(random);
      const counts = bottlenecks(random.graph);
      for (let skill = 0; skill < random.skillCount; skill++) {
        const left = reachable(random, [], (other) => other !== skill);
        const lost = [...random.owners.keys()].filter(
          (owner) =>
            owner !== skill &&
            isMet(random.owners[owner]!.requirement, all) &&
            !isMet(random.owners[owner]!.requirement, left),
        );
        // A skill whose requirement stays met is itself lost only by being left out.
        expect([...lostWithout(random.graph, skill)]).toEqual(lost);
        expect(counts[skill]).toBe(lost.filter((owner) => owner < random.skillCount).length);
      }
    }),
    { numRuns: 500 },
  );
});

it("does not blame a skill that everyone can go around", () => {
  const { graph, index, slugsOf } = graphs.twoOfThree();
  expect(slugsOf(lostWithout(graph, index("sql")))).toEqual(["data", "mysql", "postgresql"]);
  expect(slugsOf(lostWithout(graph, index("mysql")))).toEqual([]);
});

it("agrees with itself on a graph of many words, loops included", () => {
  const graph = syntheticGraph({ skills: 700, loops: true });
  expect(depths(graph)).not.toContain(-1);
  const counts = bottlenecks(graph);
  for (let skill = 0; skill < 700; skill += 7) {
    expect(counts[skill]).toBe(lostWithout(graph, skill).length);
    expect(counts[skill]).toBeLessThanOrEqual(unlocks(graph, [skill]).skills.length);
  }
});
