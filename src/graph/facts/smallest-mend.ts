import type { PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { requirementTree, withoutSkills } from "../model/requirement.ts";
import { withRequirements } from "../model/with-requirement.ts";
import { canAllBeMet, findUnlearnable, type Unlearnable } from "./learnability.ts";

/** That a skill needs another. */
export interface Prerequisite {
  readonly dependent: number;
  readonly prerequisite: number;
}

/** Prerequisites tried for one loop, and loops that are mended: whoever closes more wants to see the graph itself. */
const MAX_TRIED = 30;
const MAX_LOOPS = 10;

/**
 * Prerequisites that would have to be taken out for every skill to be learnable: a single one where one of the loop is
 * enough, and rather one of a skill of `changed`; otherwise one after the other, each of a loop that is left. In a loop
 * without alternatives one of its prerequisites has to go, so that where a single one is enough, it is found. Empty where
 * every skill is learnable, and where more than ten loops would have to be mended.
 *
 * O(loops × prerequisites of a loop × (skills + what is behind the loop)), both bounded.
 */
export function smallestMend(
  graph: PrerequisiteGraph,
  changed: ReadonlySet<number> = new Set(),
): readonly Prerequisite[] {
  const mend: Prerequisite[] = [];
  let mended = graph;
  for (let loops = 0; loops < MAX_LOOPS; loops++) {
    const unlearnable = findUnlearnable(mended);
    if (unlearnable === undefined) return mend;
    const cut = bestCut(mended, unlearnable, changed);
    if (cut === undefined) return [];
    mend.push(cut);
    mended = without(mended, cut);
  }
  return findUnlearnable(mended) === undefined ? mend : [];
}

/** A prerequisite of a loop without which all is learnable, or at least the loop, or simply the first. */
function bestCut(
  graph: PrerequisiteGraph,
  { loop, skills }: Unlearnable,
  changed: ReadonlySet<number>,
): Prerequisite | undefined {
  const cuts = loop
    .map((dependent, at) => ({ dependent, prerequisite: loop[(at + 1) % loop.length]! }))
    .sort((a, b) => Number(changed.has(b.dependent)) - Number(changed.has(a.dependent)))
    .slice(0, MAX_TRIED);
  let best: { readonly cut: Prerequisite; readonly isLoopMended: boolean } | undefined;
  for (const cut of cuts) {
    const mended = without(graph, cut);
    if (canAllBeMet(mended, [...skills])) return cut;
    const isLoopMended = canAllBeMet(mended, loop);
    if (best === undefined || (isLoopMended && !best.isLoopMended)) best = { cut, isLoopMended };
  }
  return best?.cut;
}

function without(graph: PrerequisiteGraph, { dependent, prerequisite }: Prerequisite): PrerequisiteGraph {
  const tree = requirementTree(graph, dependent);
  return withRequirements(
    graph,
    new Map([[dependent, tree && withoutSkills(tree, new Set([prerequisite]))]]),
  );
}
