import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import { widenedGraph } from "../../../src/planning/scenarios/widened-graph.ts";
import { randomGraph } from "../../support/random-graph.ts";
import { withRequirement } from "../../support/with-requirement.ts";

describe("widenedGraph", () => {
  it("is the graph built with the additional skills", () => {
    fc.assert(
      fc.property(
        randomGraph({ maxOthers: 3 }),
        fc.nat({ max: 3 }),
        ({ graph, owners, skillCount }, more) => {
          const added = new Array(more).fill({ cost: 0, requirement: undefined });
          const wide = [...owners.slice(0, skillCount), ...added, ...owners.slice(skillCount)];
          expect(widenedGraph(graph, more)).toEqual(buildPrerequisiteGraph(skillCount + more, wide));
        },
      ),
    );
  });

  it("leaves the graph and its spare room alone when it is patched", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 1 }), ({ graph }) => {
        const before = structuredClone(graph);
        const buffers = [graph.members, graph.groupNeed, graph.groupParent, graph.usedBy].map(({ buffer }) =>
          Array.from(new Int32Array(buffer)),
        );
        const wide = widenedGraph(graph, 1);
        withRequirement(wide, 0, { atLeast: 1, of: [{ skill: 0 }, { skill: graph.skillCount }] });
        expect(graph).toEqual(before);
        expect(
          [graph.members, graph.groupNeed, graph.groupParent, graph.usedBy].map(({ buffer }) =>
            Array.from(new Int32Array(buffer)),
          ),
        ).toEqual(buffers);
      }),
    );
  });
});
