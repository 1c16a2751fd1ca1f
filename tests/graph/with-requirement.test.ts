import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  buildPrerequisiteGraph,
  NONE,
  ownerOfUse,
  type PrerequisiteGraph,
} from "../../src/graph/prerequisite-graph.ts";
import type { Requirement } from "../../src/graph/requirement.ts";
import { withRequirement } from "../../src/graph/with-requirement.ts";
import * as graphs from "../support/graphs.ts";
import { type RandomGraph, randomGraph, randomRequirement } from "../support/random-graph.ts";

/** All that the arrays say, without how they say it: trees per owner, and owners per skill. */
function contents(graph: PrerequisiteGraph) {
  const tree = (reference: number): unknown => {
    if (reference === NONE) return "none";
    if (reference >= 0) return reference;
    const group = ~reference;
    const members = graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!);
    return { atLeast: graph.groupNeed[group]!, of: Array.from(members, tree) };
  };
  return {
    cost: [...graph.cost],
    requirements: Array.from(graph.requirement, tree),
    uses: Array.from({ length: graph.skillCount }, (_, skill) =>
      Array.from(graph.usedBy.subarray(graph.usedByStart[skill]!, graph.usedByEnd[skill]!), (use) =>
        ownerOfUse(graph, use),
      ).sort(),
    ),
  };
}

/** Which of the graphs so far to change, which of its owners, and to what. */
const change = fc.tuple(fc.nat(), fc.nat(), randomRequirement(4));

describe("withRequirement", () => {
  it("equals a full build, however changes branch, and leaves every earlier graph as it was", () => {
    fc.assert(
      fc.property(
        randomGraph({ maxSkills: 8, maxOthers: 2 }).filter(({ skillCount }) => skillCount >= 4),
        fc.array(change, { maxLength: 60, size: "max" }),
        (random, changes) => {
          const versions: Pick<RandomGraph, "owners" | "graph">[] = [random];
          for (const [which, whose, requirement] of changes) {
            // Mostly the newest, as a server does; sometimes an older one, as a check that is thrown away does.
            const base = versions[which % 3 === 0 ? which % versions.length : versions.length - 1]!;
            const owner = whose % base.owners.length;
            const owners = base.owners.with(owner, { cost: base.owners[owner]!.cost, requirement });
            versions.push({ owners, graph: withRequirement(base.graph, owner, requirement) });
          }
          for (const { owners, graph } of versions)
            expect(contents(graph)).toEqual(contents(buildPrerequisiteGraph(random.skillCount, owners)));
        },
      ),
      { numRuns: 80 },
    );
  });

  it("shares what did not change", () => {
    const { graph, index } = graphs.django();
    const patched = withRequirement(graph, index("git"), { skill: index("sql") });
    expect(patched.cost).toBe(graph.cost);
    expect(patched.members).toBe(graph.members);
    expect(patched.usedBy.buffer).toBe(graph.usedBy.buffer);
  });

  it("copies arrays that were not made with room behind them", () => {
    const { graph, index } = graphs.django();
    const all = new Int32Array([...graph.members, 7, 7, 7, 7, 7, 7]);
    const foreign = { ...graph, members: all.subarray(0, graph.members.length) };
    const both: Requirement<number> = { atLeast: 2, of: [{ skill: 0 }, { skill: 1 }] };
    const patched = withRequirement(foreign, index("sql"), both);
    expect([...all.subarray(-6)]).toEqual([7, 7, 7, 7, 7, 7]);
    expect(contents(patched)).toEqual(contents(withRequirement(graph, index("sql"), both)));
  });

  it("refuses an owner or a skill that is not there, and changes nothing then", () => {
    const { graph } = graphs.chain();
    const before = contents(graph);
    expect(() => withRequirement(graph, 4, undefined)).toThrow("expected an owner index below 4, got 4");
    expect(() => withRequirement(graph, 0, { skill: 4 })).toThrow("expected a skill index below 4, got 4");
    expect(contents(graph)).toEqual(before);
  });
});
