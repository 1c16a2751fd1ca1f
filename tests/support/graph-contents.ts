import { endOfGroups, endOfUses, ownerOfUse } from "../../src/graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import type { GraphSnapshot, SnapshotTable } from "../../src/store/snapshot/graph-snapshot.ts";

/**
 * All that the arrays say, without how they say it: trees per owner, and owners per skill in
 * their order.
 */
export function contents(graph: PrerequisiteGraph) {
  const tree = (reference: number): unknown => {
    if (reference === NONE) return "none";
    if (reference >= 0) return reference;
    const group = ~reference;
    const members = graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!);
    return { atLeast: graph.groupNeed[group]!, of: Array.from(members, tree) };
  };
  return {
    cost: [...graph.cost],
    merits: graph.merits.map((merit) => [...merit]),
    requirements: Array.from(graph.requirement, tree),
    leaves: Array.from(graph.requirement, (reference) => {
      if (reference >= 0 || reference === NONE) return [];
      const end = graph.groupStart[endOfGroups(graph, ~reference)];
      return [...graph.members.subarray(graph.groupStart[~reference], end)].filter((member) => member >= 0);
    }),
    uses: Array.from({ length: graph.skillCount }, (_, skill) =>
      Array.from(graph.usedBy.subarray(graph.usedByStart[skill]!, endOfUses(graph, skill)), (use) =>
        ownerOfUse(graph, use),
      ),
    ),
  };
}

/** All that a snapshot says. */
export function snapshotContents({ graph, skills, projects, roles, roadmaps, ...numbers }: GraphSnapshot) {
  const table = ({ slugs, names, ids, indexOf }: SnapshotTable) =>
    slugs.map((slug, index) => ({ slug, name: names.at(index), id: ids[index], found: indexOf.get(slug) }));
  return {
    ...numbers,
    counts: [graph.skillCount, graph.ownerCount, graph.requirement.length],
    graph: contents(graph),
    skills: table(skills),
    projects: table(projects),
    roles: table(roles),
    roadmaps: table(roadmaps),
  };
}
