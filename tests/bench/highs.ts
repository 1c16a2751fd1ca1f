import { createRequire } from "node:module";
import { endOfGroups } from "../../src/graph/model/fold.ts";
import { NONE, type PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";

// Its types describe an ES module, it is a CommonJS one.
const load: typeof import("highs").default = createRequire(import.meta.url)("highs");

/**
 * The cost of the learning path to a skill by an integer programme: one variable for each skill and group behind
 * it, one row for each requirement. The programme does not know of loops: where skills could need one another, it
 * may find less than a learner can.
 */
export async function leastCostByHighs(): Promise<(graph: PrerequisiteGraph, goal: number) => number> {
  const highs = await load();
  return (graph, goal) => {
    const solution = highs.solve(programme(graph, goal), { mip_rel_gap: 0, output_flag: false });
    if (solution.Status !== "Optimal") throw new Error(`HiGHS: expected an optimum, got ${solution.Status}`);
    return Math.round(solution.ObjectiveValue);
  };
}

/** The programme in the LP format. */
function programme(graph: PrerequisiteGraph, goal: number): string {
  const name = (reference: number) => (reference >= 0 ? `s${reference}` : `g${~reference}`);
  const seen = new Set([goal]);
  const groups: string[] = [];
  const rows = [`s${goal} >= 1`];
  const need = (reference: number) => {
    if (reference >= 0) seen.add(reference);
  };
  // A set takes in what is added while it is walked.
  for (const skill of seen) {
    const reference = graph.requirement[skill]!;
    if (reference === NONE) continue;
    need(reference);
    rows.push(`${name(reference)} - s${skill} >= 0`);
    if (reference >= 0) continue;
    for (let group = ~reference; group < endOfGroups(graph, ~reference); group++) {
      groups.push(`g${group}`);
      const members = graph.members.subarray(graph.groupStart[group]!, graph.groupStart[group + 1]!);
      members.forEach(need);
      const sum = [...members].map(name).join(" + ");
      rows.push(`${sum} - ${graph.groupNeed[group]} g${group} >= 0`);
    }
  }
  const skills = [...seen];
  const costs = skills.map((skill) => `${graph.cost[skill]} s${skill}`).join(" + ");
  const variables = [...skills.map(name), ...groups].join("\n ");
  const lines = rows.map((row, at) => ` r${at}: ${row}`).join("\n");
  return `Minimize\n cost: ${costs}\nSubject To\n${lines}\nBinary\n ${variables}\nEnd\n`;
}
