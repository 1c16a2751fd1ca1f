import fc from "fast-check";
import { expect, it } from "vitest";
import { graphMetrics } from "../../../src/graph/facts/metrics.ts";
import { NONE } from "../../../src/graph/model/prerequisite-graph.ts";
import * as graphs from "../../support/graphs.ts";
import { randomGraph } from "../../support/random-graph.ts";

it("counts a graph that can be counted by hand", () => {
  expect(graphMetrics(graphs.django().graph)).toEqual({
    skills: 7,
    otherOwners: 2,
    edges: 11,
    groups: 4,
    alternatives: 2,
    roots: 4,
    leaves: 2,
    maxDepth: 2,
    components: 2,
  });
});

it("knows the empty graph", () => {
  expect(graphMetrics(graphs.graphOf({}).graph)).toMatchObject({ skills: 0, components: 0, maxDepth: -1 });
});

it("does not take a skill that names itself for one that others ask for", () => {
  const { graph } = graphs.graphOf({ a: graphs.anyOf("a", "b"), b: [] });
  expect(graphMetrics(graph)).toMatchObject({ leaves: 1, roots: 1, components: 1 });
});

it("finds the components by walking, too", () => {
  fc.assert(
    fc.property(randomGraph({ maxSkills: 9 }), ({ graph, owners, skillCount }) => {
      const neighbours = Array.from({ length: skillCount }, () => new Set<number>());
      owners.forEach((_, owner) => {
        for (let skill = 0; skill < skillCount; skill++)
          for (let use = graph.usedByStart[skill]!; graph.usedBy[use] !== NONE; use++) {
            let at = graph.usedBy[use]!;
            while (at < 0) at = graph.groupParent[~at]!;
            if (at !== owner) continue;
            neighbours[skill]!.add(owner);
            neighbours[owner]!.add(skill);
          }
      });
      const seen = new Set<number>();
      let components = 0;
      for (let skill = 0; skill < skillCount; skill++) {
        if (seen.has(skill)) continue;
        components++;
        const queue = new Set([skill]);
        for (const at of queue) for (const next of neighbours[at]!) queue.add(next);
        for (const at of queue) seen.add(at);
      }
      expect(graphMetrics(graph).components).toBe(components);
    }),
    { numRuns: 300 },
  );
});
