import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  plainPrerequisites,
  redundantEdges,
  redundantPrerequisites,
} from "../../../src/graph/facts/transitive-reduction.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import * as graphs from "../../support/graphs.ts";
import { isMet, randomGraph, reachable } from "../../support/random-graph.ts";

/** A tree without the plain leaves of these skills. */
function without(
  requirement: Requirement<number> | undefined,
  gone: ReadonlySet<number>,
): Requirement<number> | undefined {
  if (requirement === undefined) return undefined;
  if (!isGroup(requirement)) return gone.has(requirement.skill) ? undefined : requirement;
  if (requirement.atLeast < requirement.of.length) return requirement;
  const of = requirement.of.map((member) => without(member, gone)).filter((member) => member !== undefined);
  return { atLeast: of.length, of };
}

/** The sets of skills that can be learned by themselves, as bits. */
function derivableSets(random: Parameters<typeof reachable>[0]): number[] {
  const sets: number[] = [];
  for (let bits = 0; bits < 1 << random.skillCount; bits++) {
    let reachedBits = 0;
    for (const skill of reachable(random, [], (other) => (bits & (1 << other)) !== 0))
      reachedBits |= 1 << skill;
    if (reachedBits === bits) sets.push(bits);
  }
  return sets;
}

describe("redundantPrerequisites", () => {
  const named = ({ graph, slugs }: graphs.WrittenGraph) =>
    redundantPrerequisites(graph).map(
      ({ owner, skill, impliedBy }) => `${slugs[owner]} ← ${slugs[skill]} by ${slugs[impliedBy]}`,
    );

  it("names the edge that a longer way makes needless", () => {
    expect(named(graphs.redundantDiamond())).toEqual(["d ← a by b"]);
    expect(named(graphs.diamond())).toEqual([]);
    expect(named(graphs.graphOf({ a: [], b: "a", c: "b", d: ["a", graphs.allOf("b", "c")] }))).toEqual([
      "d ← a by c",
      "d ← b by c",
    ]);
  });

  it("sees what every alternative needs, and never drops a branch", () => {
    expect(named(graphs.shortcut())).toEqual([]);
    const { django: _, ...skills } = { a: [], b: "a", c: "a", django: [] };
    expect(named(graphs.graphOf({ ...skills, d: graphs.anyOf("b", "c"), e: ["a", "d"] }))).toEqual([
      "e ← a by d",
    ]);
    expect(named(graphs.graphOf({ ...skills, d: graphs.anyOf("b", "c"), e: ["b", "d"] }))).toEqual([]);
  });

  it("drops nothing that changes what can be learned, and leaves nothing that could be dropped", () => {
    fc.assert(
      fc.property(randomGraph({ maxSkills: 7, learnable: true }), (random) => {
        const found = redundantPrerequisites(random.graph);
        const before = derivableSets(random);
        const drop = (gone: ReadonlyMap<number, ReadonlySet<number>>) =>
          derivableSets({
            skillCount: random.skillCount,
            owners: random.owners.map(({ cost, requirement }, owner) => ({
              cost,
              requirement: without(requirement, gone.get(owner) ?? new Set()),
            })),
          });
        const all = new Map<number, Set<number>>();
        for (const { owner, skill } of found) all.set(owner, (all.get(owner) ?? new Set()).add(skill));
        expect(drop(all)).toEqual(before);

        for (let owner = 0; owner < random.skillCount; owner++) {
          const plain = plainPrerequisites(random.graph, owner);
          for (const skill of plain) {
            // Redundant by the definition: another plain one has no way without it that does not pass the owner.
            const by = plain.filter(
              (other) =>
                other !== skill &&
                !reachable(random, [], (allowed) => allowed !== skill && allowed !== owner).has(other),
            );
            const report = found.find((edge) => edge.owner === owner && edge.skill === skill);
            expect(report !== undefined).toBe(by.length > 0);
            if (report === undefined) continue;
            expect(by).toContain(report.impliedBy);
            expect(all.get(owner)!.has(report.impliedBy)).toBe(false);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it("handles more plain prerequisites than bits in a word", () => {
    const slug = (at: number) => `s${String(at).padStart(2, "0")}`;
    const skills: Record<string, graphs.Written | readonly graphs.Written[]> = {};
    for (let at = 0; at < 80; at++) skills[slug(at)] = at === 0 ? [] : slug(at - 1);
    skills.z = Object.keys(skills);
    const written = graphs.graphOf(skills);
    expect(redundantPrerequisites(written.graph, [written.index("z")]).length).toBe(79);
  });
});

describe("redundantEdges", () => {
  it("marks just the edges that longer ways span, in graphs of more nodes than bits in a word", () => {
    const dag = fc.integer({ min: 2, max: 80 }).chain((nodes) =>
      fc.record({
        nodes: fc.constant(nodes),
        edges: fc.uniqueArray(
          fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)).filter(([a, b]) => a < b),
          { selector: ([a, b]) => a * nodes + b, maxLength: 200 },
        ),
      }),
    );
    fc.assert(
      fc.property(dag, ({ nodes, edges }) => {
        const reach = (from: number, to: number, skipped: number): boolean => {
          const seen = new Set([from]);
          for (const at of seen)
            edges.forEach(([a, b], e) => {
              if (a === at && e !== skipped) seen.add(b);
            });
          return seen.has(to);
        };
        const found = redundantEdges(
          nodes,
          edges.map(([a]) => a),
          edges.map(([, b]) => b),
        );
        edges.forEach(([a, b], e) => {
          expect(found[e] === 1).toBe(reach(a, b, e));
        });
      }),
      { numRuns: 200 },
    );
  });

  it("keeps the edges of a loop", () => {
    expect([...redundantEdges(3, [0, 1, 2, 0], [1, 2, 0, 2])]).toEqual([0, 0, 0, 0]);
  });
});

it("without() of the tests drops what it should", () => {
  const tree: Requirement<number> = {
    atLeast: 2,
    of: [{ skill: 0 }, { atLeast: 1, of: [{ skill: 0 }, { skill: 1 }] }],
  };
  expect(isMet(without(tree, new Set([0])), new Set([1]))).toBe(true);
  expect(isMet(without(tree, new Set([0])), new Set())).toBe(false);
});
