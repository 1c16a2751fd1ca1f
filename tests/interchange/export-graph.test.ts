import fc from "fast-check";
import { expect, test } from "vitest";
import { meetsBranch } from "../../src/graph/model/fold.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import { ownersOfPart } from "../../src/interchange/export-part.ts";
import { requirementTrees } from "../../src/interchange/exported-graph.ts";
import { solveLearningPath } from "../support/solve.ts";
import { exportOf, randomGraph, writtenOf } from "./exported-graphs.ts";

const slugged = (requirement: Requirement<number>): Requirement<string> =>
  isGroup(requirement)
    ? { atLeast: requirement.atLeast, of: requirement.of.map(slugged) }
    : { skill: `s${requirement.skill}` };

test("edges and groups together are the requirements that were written", () => {
  fc.assert(
    fc.property(randomGraph, (random) => {
      const graph = exportOf(random);
      const trees = requirementTrees(graph);
      const owners = graph.nodes.map((node) => trees.get(node));
      expect(owners.map((tree) => tree && writtenOf(tree))).toEqual(
        random.requirements.map((requirement) => requirement && slugged(requirement)),
      );
    }),
  );
});

test("an edge is an alternative where its owner can do without it", () => {
  fc.assert(
    fc.property(randomGraph, (random) => {
      const { graph } = random.snapshot;
      for (const { source, target, kind, isAlternative, group } of exportOf(random).edges) {
        if (kind !== "PREREQUISITE" || target.kind !== "skill") continue;
        if (group === null) expect(isAlternative).toBe(false);
        const others = new Set(Array.from({ length: graph.skillCount }, (_, skill) => skill));
        others.delete(Number(source.slug.slice(1)));
        // Without a plain edge the requirement cannot be met.
        const root = graph.requirement[Number(target.slug.slice(1))]!;
        if (!isAlternative) expect(meetsBranch(graph, root, others)).toBe(false);
      }
    }),
  );
});

test("the cheapest projection takes of each requirement what a cheapest path takes, and that is enough", () => {
  fc.assert(
    fc.property(randomGraph, (random) => {
      const { graph } = random.snapshot;
      const { edges, groups } = exportOf(random, { projection: "cheapest" });
      expect(groups).toEqual([]);
      for (let skill = 0; skill < graph.skillCount; skill++) {
        const sources = [...edges].flatMap(({ kind, source, target }) =>
          kind === "PREREQUISITE" && target.slug === `s${skill}` ? [Number(source.slug.slice(1))] : [],
        );
        expect(meetsBranch(graph, graph.requirement[skill]!, new Set(sources))).toBe(true);
        const path = (choose: number[]) =>
          solveLearningPath(graph, { goals: [skill], known: [], choose, avoid: [] });
        expect(path(sources)).toMatchObject({
          cost: path([]).kind === "path" ? costOf(path([])) : Number.NaN,
        });
      }
    }),
  );
});

function costOf(path: ReturnType<typeof solveLearningPath>): number {
  return path.kind === "path" ? path.cost : Number.NaN;
}

test("a part has its owners and the edges between them", () => {
  fc.assert(
    fc.property(randomGraph, fc.nat({ max: 3 }), (random, depth) => {
      const owners = ownersOfPart(random.snapshot, { roots: ["role:all"], depth });
      const whole = exportOf(random);
      const part = exportOf(random, { owners });
      const kept = new Set(part.nodes.map(({ id }) => id));
      expect(kept.size).toBe(owners.length);
      expect([...part.edges]).toEqual(
        [...whole.edges]
          .filter(({ source, target }) => kept.has(source.id) && kept.has(target.id))
          .map((edge) =>
            expect.objectContaining({ source: edge.source, target: edge.target, kind: edge.kind }),
          ),
      );
    }),
  );
});

test("a root that is not there is refused, with the nearest one", () => {
  fc.assert(
    fc.property(randomGraph, (random) => {
      const part = (root: string) => () => ownersOfPart(random.snapshot, { roots: [root] });
      expect(part("rolle:all")).toThrow("Expected a root such as role:all");
      expect(part("role:al")).toThrow('did you mean "all"');
    }),
    { numRuns: 1 },
  );
});
