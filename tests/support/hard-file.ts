import { NONE } from "../../src/graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement, requirementTree } from "../../src/graph/model/requirement.ts";
import type { WrittenFile } from "./api.ts";
import type { HardGraph } from "./hard-graphs.ts";

type WrittenRequirement = NonNullable<NonNullable<WrittenFile["skills"]>[number]["requires"]>;

/** Hard graphs as one graph file: the goal of the nth is the role `hard-n`. */
export function hardFile(graphs: readonly HardGraph[]): WrittenFile {
  const skills: WrittenFile["skills"] = [];
  const roles: WrittenFile["roles"] = [];
  graphs.forEach(({ graph, goal }, nth) => {
    const slug = (skill: number) => `hard-${nth}-skill-${String(skill).padStart(4, "0")}`;
    const written = (requirement: Requirement<number>): WrittenRequirement =>
      isGroup(requirement)
        ? { atLeast: requirement.atLeast, of: requirement.of.map(written) }
        : slug(requirement.skill);
    const requires = (owner: number) =>
      graph.requirement[owner] === NONE ? {} : { requires: written(requirementTree(graph, owner)!) };
    for (let skill = 0; skill < graph.skillCount; skill++)
      skills.push({
        slug: slug(skill),
        name: slug(skill),
        hours: graph.cost[skill]! / 100,
        ...requires(skill),
      });
    roles.push({ slug: `hard-${nth}`, name: `Hard ${nth}`, ...requires(goal) });
  });
  return { skills, roles };
}
