import fc from "fast-check";
import { DirectedGraph } from "graphology";
import { centrality } from "graphology-metrics";
import { describe, expect, it } from "vitest";
import { betweenness, MAX_EXACT_NODES } from "../../../src/graph/facts/betweenness.ts";
import { skillMetrics } from "../../../src/graph/facts/skill-metrics.ts";
import { ownerOfUse } from "../../../src/graph/model/fold.ts";
import { NONE } from "../../../src/graph/model/prerequisite-graph.ts";
import { learnable } from "../../../src/graph/walk/chaining.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { randomGraph } from "../../support/random-graph.ts";

const measured = (written: ReturnType<typeof graphOf>) => {
  const metrics = skillMetrics(written.graph);
  if (metrics === undefined) throw new Error("expected a small graph to be measured");
  return metrics;
};

describe("a curriculum without alternatives", () => {
  /**
   * calculus-1 → calculus-2 → dynamics → design
   *          ↘ physics ↗
   *            algebra (alone)
   */
  const written = graphOf(
    {
      algebra: [],
      "calculus-1": [],
      "calculus-2": "calculus-1",
      physics: "calculus-1",
      dynamics: ["calculus-1", "calculus-2", "physics"],
      design: "dynamics",
    },
    { others: { engineer: "dynamics" } },
  );
  const { dependents, blocking, delay, redundant, isNeeded } = measured(written);
  const of = (figures: ArrayLike<number>) =>
    Object.fromEntries(written.slugs.slice(0, 6).map((slug, at) => [slug, figures[at]]));

  it("has the blocking and delay factors that one counts by hand", () => {
    expect(of(blocking)).toEqual({
      algebra: 0,
      "calculus-1": 4,
      "calculus-2": 2,
      physics: 2,
      dynamics: 1,
      design: 0,
    });
    expect(of(delay)).toEqual({
      algebra: 1,
      "calculus-1": 4,
      "calculus-2": 4,
      physics: 4,
      dynamics: 4,
      design: 4,
    });
  });

  it("tells direct dependents, what follows from others, and what nobody needs", () => {
    expect(of(dependents)).toMatchObject({ "calculus-1": 3, dynamics: 1, design: 0 });
    expect(of(redundant)).toMatchObject({ dynamics: 1, design: 0 });
    expect(of(isNeeded)).toMatchObject({ "calculus-1": 1, dynamics: 1, design: 0, algebra: 0 });
  });
});

interface Published {
  readonly name: string;
  readonly skills: Parameters<typeof graphOf>[0];
  readonly blocking: readonly number[];
  readonly delay: readonly number[];
  readonly centrality: readonly number[];
  readonly complexity: readonly number[];
}

/**
 * Two curricula with the figures that the authors of the metrics publish for them: the tests of their own toolbox
 * (CurricularAnalytics.jl, test/CurricularAnalytics.jl). Corequisites are edges there as well.
 */
describe.each<Published>([
  {
    name: "Underwater Basket Weaving",
    skills: { a: [], b: [], c: ["a", "b", "d"], d: [], e: "c", f: "d", g: [], h: [] },
    blocking: [2, 2, 1, 3, 0, 0, 0, 0],
    delay: [3, 3, 3, 3, 3, 2, 1, 1],
    centrality: [0, 0, 9, 0, 0, 0, 0, 0],
    complexity: [5, 5, 4, 6, 3, 2, 1, 1],
  },
  {
    name: "Postmodern Basket Weaving",
    skills: { a: [], b: "a", c: "a", d: ["b", "c"], e: "c", f: ["d", "g"], g: "d" },
    blocking: [6, 3, 4, 2, 0, 0, 1],
    delay: [5, 5, 5, 5, 3, 5, 5],
    centrality: [0, 9, 12, 18, 0, 0, 10],
    complexity: [11, 8, 9, 7, 3, 5, 6],
  },
])("$name", ({ skills, ...published }) => {
  it.each(["blocking", "delay", "centrality", "complexity"] as const)("has the published %s", (figure) => {
    expect([...measured(graphOf(skills))[figure]]).toEqual(published[figure]);
  });
});

it("of alternatives are what one counts by hand", () => {
  /**
   * a ─┬ | ─ c ─┬ & ─ d ─┬ & ─ f
   * b ─┤        │     │  │
   *    └────────┘     e ─┘
   */
  const written = graphOf(
    { a: [], b: [], c: anyOf("a", "b"), d: ["b", "c"], e: "d", f: ["d", "e"] },
    { others: { role: "c" } },
  );
  const metrics = measured(written);
  expect([...metrics.dependents]).toEqual([1, 2, 1, 2, 1, 0]);
  expect([...metrics.blocking]).toEqual([4, 4, 3, 2, 1, 0]);
  expect([...metrics.delay]).toEqual([5, 5, 5, 5, 5, 5]);
  expect([...metrics.complexity]).toEqual([9, 9, 8, 7, 6, 5]);
  // The chains: acdef, bcdef, bdef, acdf, bcdf, bdf.
  expect([...metrics.centrality]).toEqual([0, 0, 18, 25, 14, 0]);
  // b does not follow from c, which a is enough for; d follows from e.
  expect([...metrics.redundant]).toEqual([0, 0, 0, 0, 0, 1]);
  expect([...metrics.betweenness]).toEqual([0, 0, 3 / 20, 6 / 20, 0, 0]);
  expect([...metrics.isNeeded]).toEqual([1, 1, 1, 0, 0, 0]);
});

it("counts more chains than there are numbers for as the largest number", () => {
  const skills: Record<string, string[]> = { "0000": [] };
  const name = (at: number) => String(at).padStart(4, "0");
  for (let at = 1; at < 2_200; at += 3) {
    const before = name(at - 1);
    Object.assign(skills, { [name(at)]: [before], [name(at + 1)]: [before] });
    skills[name(at + 2)] = [name(at), name(at + 1)];
  }
  const { centrality } = measured(graphOf(skills));
  expect(Math.max(...centrality.slice(0, 1_000))).toBeGreaterThan(1e200);
  expect(centrality.every(Number.isFinite)).toBe(true);
});

it("takes every alternative for a prerequisite, and no way back in a loop of them", () => {
  const written = graphOf({ a: [], b: anyOf("a", "c"), c: anyOf("b", "a"), d: "c" });
  const { blocking, delay } = measured(written);
  // b and c can both be learned right after a; b comes first, so that only b → c counts between them.
  expect([...blocking]).toEqual([3, 2, 1, 0]);
  expect([...delay]).toEqual([4, 4, 4, 4]);
});

it("counts what searching every way counts", () => {
  fc.assert(
    fc.property(randomGraph({ maxSkills: 9, maxOthers: 2, learnable: true }), ({ graph }) => {
      const metrics = skillMetrics(graph)!;
      const next = forward(graph);
      const reach = (skill: number, seen = new Set<number>()): Set<number> => {
        for (const to of next[skill]!) if (!seen.has(to)) reach(to, seen.add(to));
        return seen;
      };
      const longest = (skill: number): number => 1 + Math.max(0, ...next[skill]!.map(longest));
      const before = (skill: number): number =>
        1 + Math.max(0, ...next.flatMap((to, from) => (to.includes(skill) ? [before(from)] : [])));
      const isFirst = (skill: number) => !next.some((to) => to.includes(skill));
      const onwards = (skill: number): number[][] =>
        next[skill]!.length === 0
          ? [[skill]]
          : next[skill]!.flatMap((to) => onwards(to).map((chain) => [skill, ...chain]));
      const chains = next.flatMap((_to, skill) => (isFirst(skill) ? onwards(skill) : []));
      for (let skill = 0; skill < graph.skillCount; skill++) {
        expect(metrics.blocking[skill]).toBe(reach(skill).size);
        expect(metrics.delay[skill]).toBe(before(skill) + longest(skill) - 1);
        const through = chains.filter((chain) => chain.slice(1, -1).includes(skill));
        expect(metrics.centrality[skill]).toBe(through.reduce((sum, { length }) => sum + length, 0));
      }
    }),
  );
});

/** The forward edges, from the arrays of uses rather than from the requirements. */
function forward(graph: Parameters<typeof skillMetrics>[0]): number[][] {
  const rank = learnable(graph).rank;
  return Array.from({ length: graph.skillCount }, (_, skill) => {
    const users = new Set<number>();
    for (let use = graph.usedByStart[skill]!; graph.usedBy[use] !== NONE; use++) {
      const owner = ownerOfUse(graph, graph.usedBy[use]!);
      if (owner < graph.skillCount && rank[owner]! > rank[skill]!) users.add(owner);
    }
    return [...users];
  });
}

describe("betweenness", () => {
  const edges = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.tuple(
      fc.constant(count),
      fc.uniqueArray(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), {
        selector: ([from, to]) => `${from} ${to}`,
        maxLength: 30,
      }),
    ),
  );

  it("is that of graphology", () => {
    fc.assert(
      fc.property(edges, ([count, written]) => {
        const list = written.filter(([from, to]) => from !== to);
        const theirs = new DirectedGraph();
        for (let node = 0; node < count; node++) theirs.addNode(node);
        for (const [from, to] of list) theirs.addEdge(from, to);
        const expected = centrality.betweenness(theirs);
        const ours = betweenness(
          count,
          Int32Array.from(list, ([from]) => from),
          Int32Array.from(list, ([, to]) => to),
        );
        for (let node = 0; node < count; node++)
          expect(ours[node]).toBeCloseTo(count < 3 ? 0 : (expected[node] ?? 0), 10);
      }),
    );
  });

  it("of a large graph is estimated from a sample: a chain has its middle between the most", () => {
    const count = MAX_EXACT_NODES * 2;
    const from = Int32Array.from({ length: count - 1 }, (_, at) => at);
    const shares = betweenness(
      count,
      from,
      from.map((at) => at + 1),
    );
    const exact = (at: number) => (at * (count - 1 - at)) / ((count - 1) * (count - 2));
    for (const at of [1, count / 4, count / 2, (3 * count) / 4])
      expect(Math.abs(shares[at]! - exact(at))).toBeLessThan(0.03 * exact(count / 2));
  });
});
