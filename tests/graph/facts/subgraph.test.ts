import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Subgraph, type SubgraphOptions, subgraph } from "../../../src/graph/facts/subgraph.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import { possiblePrerequisites, unlocks } from "../../../src/graph/walk/closure.ts";
import * as graphs from "../../support/graphs.ts";
import { randomGraph } from "../../support/random-graph.ts";

function drawn(written: graphs.WrittenGraph, roots: readonly string[], options: SubgraphOptions) {
  const found = subgraph(written.graph, written.indices(...roots), options);
  return {
    nodes: written.slugsOf(found.owners).map((slug, at) => `${slug} ${found.depth[at]}`),
    edges: edgesOf(found, written.slugs),
    isTruncated: found.isTruncated,
  };
}

function edgesOf(found: Subgraph, slugs: readonly (string | number)[]): string[] {
  return Array.from(found.prerequisite, (skill, e) => {
    const arrow = found.isAlternative[e] === 1 ? "⇢" : "→";
    return `${slugs[skill]} ${arrow} ${slugs[found.dependent[e]!]}`;
  });
}

/** Every leaf with whether a group above needs fewer than all its members. Groups that need nothing excepted. */
function leaves(requirement: Requirement<number> | undefined, optional = false): [number, boolean][] {
  if (requirement === undefined) return [];
  if (!isGroup(requirement)) return [[requirement.skill, optional]];
  return requirement.of.flatMap((member) =>
    leaves(member, optional || requirement.atLeast < requirement.of.length),
  );
}

describe("subgraph", () => {
  it("walks back from the roots and marks the edges of alternatives", () => {
    expect(drawn(graphs.django(), ["blog"], { direction: "prerequisites" })).toEqual({
      nodes: ["blog 0", "django 1", "git 1", "python 2", "http 2", "postgresql 2", "mysql 2", "sql 3"],
      edges: [
        "django → blog",
        "git → blog",
        "python → django",
        "http → django",
        "postgresql ⇢ django",
        "mysql ⇢ django",
        "sql → postgresql",
        "sql → mysql",
      ],
      isTruncated: false,
    });
  });

  it("walks forward, to a depth", () => {
    expect(drawn(graphs.django(), ["sql"], { direction: "dependents", depth: 2 })).toEqual({
      nodes: ["sql 0", "mysql 1", "postgresql 1", "django 2"],
      edges: ["sql → mysql", "sql → postgresql", "postgresql ⇢ django", "mysql ⇢ django"],
      isTruncated: false,
    });
  });

  it("leaves out plain edges that longer ways span, and no branch of an alternative", () => {
    expect(
      drawn(graphs.redundantDiamond(), ["d"], { direction: "prerequisites", reduced: true }).edges,
    ).toEqual(["b → d", "c → d", "a → b", "a → c"]);
    const written = graphs.shortcut();
    expect(drawn(written, ["d"], { direction: "prerequisites", reduced: true }).edges).toContain("a ⇢ d");
  });

  it("stops at the number of nodes and says so", () => {
    const found = drawn(graphs.django(), ["blog"], { direction: "prerequisites", maxNodes: 3 });
    expect(found.nodes).toEqual(["blog 0", "django 1", "git 1"]);
    expect(found.edges).toEqual(["django → blog", "git → blog"]);
    expect(found.isTruncated).toBe(true);
    const enough = subgraph(graphs.chain().graph, [3], { direction: "prerequisites", maxNodes: 4 });
    expect(enough.isTruncated).toBe(false);
  });

  it("holds the closure and every edge inside it once, plain if any of its places is", () => {
    const graphsWithOthers = randomGraph({ maxOthers: 2 }).filter(({ owners }) =>
      owners.every(({ requirement }) => !JSON.stringify(requirement ?? {}).includes('"atLeast":0')),
    );
    fc.assert(
      fc.property(graphsWithOthers, fc.boolean(), fc.nat(9), fc.nat(4), (random, up, rootDraw, depth) => {
        const root = rootDraw % random.owners.length;
        const found = subgraph(random.graph, [root], {
          direction: up ? "prerequisites" : "dependents",
          depth,
        });
        const reached = new Set([root]);
        if (up)
          for (const skill of possiblePrerequisites(random.graph, [root], { depth }).skills)
            reached.add(skill);
        else if (root < random.skillCount) {
          const unlocked = unlocks(random.graph, [root], depth);
          for (const owner of [...unlocked.skills, ...unlocked.others]) reached.add(owner);
        }
        expect(new Set(found.owners)).toEqual(reached);
        const expected = [...reached].flatMap((owner) => {
          const alternative = new Map<number, boolean>();
          for (const [skill, optional] of leaves(random.owners[owner]!.requirement))
            if (reached.has(skill)) alternative.set(skill, (alternative.get(skill) ?? true) && optional);
          return [...alternative].map(([skill, optional]) => `${skill} ${optional ? "⇢" : "→"} ${owner}`);
        });
        const numbers = [...random.owners.keys()];
        expect(edgesOf(found, numbers).sort()).toEqual(expected.sort());
      }),
      { numRuns: 500 },
    );
  });
});
