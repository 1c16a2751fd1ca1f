import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import { withRequirements } from "../../../src/graph/model/with-requirement.ts";
import { contents } from "../../support/graph-contents.ts";
import * as graphs from "../../support/graphs.ts";
import { type RandomGraph, randomGraph, randomRequirement } from "../../support/random-graph.ts";
import { withRequirement } from "../../support/with-requirement.ts";

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

  it("replaces several requirements at once as one after the other", () => {
    fc.assert(
      fc.property(
        randomGraph({ maxSkills: 8, maxOthers: 2 }).filter(({ skillCount }) => skillCount >= 4),
        fc.array(fc.uniqueArray(change, { selector: ([, whose]) => whose % 7, maxLength: 7 }), {
          maxLength: 12,
        }),
        (random, rounds) => {
          let { owners, graph } = random;
          for (const round of rounds) {
            const changes = new Map(
              round.map(([, whose, requirement]) => [whose % random.owners.length, requirement] as const),
            );
            for (const [owner, requirement] of changes)
              owners = owners.with(owner, { cost: owners[owner]!.cost, requirement });
            const { usedByStart, requirement } = graph;
            const own = {
              ...graph,
              usedByStart: usedByStart.slice(),
              requirement: requirement.slice(),
            };
            graph = withRequirements(graph, changes);
            expect(contents(withRequirements(own, changes, true))).toEqual(contents(graph));
            expect(contents(graph)).toEqual(contents(buildPrerequisiteGraph(random.skillCount, owners)));
          }
        },
      ),
      { numRuns: 80 },
    );
  });

  it("gives back the same graph when nothing differs", () => {
    fc.assert(
      fc.property(randomGraph({ maxOthers: 2 }), ({ graph, owners }) => {
        const same = new Map(owners.map(({ requirement }, owner) => [owner, requirement]));
        expect(withRequirements(graph, same)).toBe(graph);
      }),
    );
  });

  it("leaves no more waste behind than there is spare room, whatever is changed and thrown away", () => {
    const { graph } = graphs.django();
    const owner = graph.skillCount - 1;
    const all = { atLeast: 3, of: [0, 1, 2].map((skill) => ({ skill })) };
    let now = graph;
    for (let round = 0; round < 2_000; round++) {
      withRequirement(now, owner, all);
      now = withRequirement(now, owner, { ...all, atLeast: 1 + (round % 3) });
    }
    const live = graph.members.length + all.of.length;
    expect(now.members.buffer.byteLength).toBeLessThan(4 * (2 * live + 128));
    expect(now.usedBy.buffer.byteLength).toBeLessThan(4 * (2 * live + 128));
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
