import { NONE, type PrerequisiteGraph } from "../graph/prerequisite-graph.ts";

/** Chosen skills in learning order, and per skill its stage: 0 for what can be learned at once. */
export interface OrderedPath {
  readonly skills: readonly number[];
  readonly stages: readonly number[];
}

/**
 * Orders a derivable set of skills so that each one's requirement is met by what is known and what came
 * before: from the goals down, prerequisites first, in the author's order, following only members of an
 * earlier stage (so that loops through alternatives do not mislead).
 *
 * A stage is one more than the latest stage a requirement must wait for. Time and memory are linear in the
 * requirements of the chosen skills and goals. Throws a RangeError when the set is not derivable.
 */
export function orderPath(
  graph: PrerequisiteGraph,
  chosen: readonly number[],
  known: readonly number[],
  goals: readonly number[],
): OrderedPath {
  const stageOf = new Map<number, number>();
  for (const skill of known) stageOf.set(skill, -1);
  chainInStages(graph, chosen, stageOf);

  const order: number[] = [];
  const isChosen = new Set(chosen);
  const stack: { readonly owner: number; readonly before: readonly number[]; next: number }[] = [];
  const visit = (owner: number) => {
    isChosen.delete(owner);
    const limit = stageOf.get(owner) ?? Number.POSITIVE_INFINITY;
    const before = leaves(graph, graph.requirement[owner]!).filter(
      (leaf) => (stageOf.get(leaf) ?? limit) < limit,
    );
    stack.push({ owner, before, next: 0 });
  };
  for (const goal of [...goals, ...chosen]) {
    if (goal < graph.skillCount && !isChosen.has(goal)) continue;
    visit(goal);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (top.next < top.before.length) {
        const skill = top.before[top.next++]!;
        if (isChosen.has(skill)) visit(skill);
      } else {
        if (top.owner < graph.skillCount) order.push(top.owner);
        stack.pop();
      }
    }
  }
  return { skills: order, stages: order.map((skill) => stageOf.get(skill)!) };
}

/** Forward chaining in waves, over the chosen skills only. */
function chainInStages(
  graph: PrerequisiteGraph,
  chosen: readonly number[],
  stageOf: Map<number, number>,
): void {
  const missing = new Map<number, number>();
  const users = new Map<number, number[]>();
  const use = (member: number, by: number) => {
    const list = users.get(member);
    if (list === undefined) users.set(member, [by]);
    else list.push(by);
  };
  let wave: number[] = [];
  const isChosen = new Set(chosen);
  const met: number[] = [];
  for (const skill of chosen) {
    const stack = [graph.requirement[skill]!];
    if (stack[0] === NONE) {
      wave.push(skill);
      continue;
    }
    use(stack[0]!, skill);
    for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
      if (reference >= 0) {
        if (stageOf.has(reference)) met.push(reference);
        continue;
      }
      missing.set(reference, graph.groupNeed[~reference]!);
      if (graph.groupNeed[~reference] === 0) met.push(reference);
      for (let m = graph.groupStart[~reference]!; m < graph.groupStart[~reference + 1]!; m++) {
        use(graph.members[m]!, reference);
        stack.push(graph.members[m]!);
      }
    }
  }
  const spread = (from: readonly number[], next: number[]) => {
    const stack = [...from];
    for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
      for (const user of users.get(reference) ?? []) {
        if (user >= 0) {
          if (isChosen.has(user) && !stageOf.has(user)) next.push(user);
          continue;
        }
        const left = missing.get(user)! - 1;
        missing.set(user, left);
        if (left === 0) stack.push(user);
      }
    }
  };
  spread(new Set(met).size === met.length ? met : [...new Set(met)], wave);
  for (let stage = 0; wave.length > 0; stage++) {
    const next: number[] = [];
    const learned = [...new Set(wave)].filter((skill) => !stageOf.has(skill));
    for (const skill of learned) stageOf.set(skill, stage);
    spread(learned, next);
    wave = next;
  }
  for (const skill of chosen)
    if (!stageOf.has(skill))
      throw new RangeError(`expected a derivable set of skills, but ${skill} cannot be met`);
}

/** The skills of a requirement, in the author's order. */
function leaves(graph: PrerequisiteGraph, requirement: number): number[] {
  const skills: number[] = [];
  if (requirement === NONE) return skills;
  const stack = [requirement];
  for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
    if (reference >= 0) skills.push(reference);
    else
      for (let m = graph.groupStart[~reference + 1]! - 1; m >= graph.groupStart[~reference]!; m--)
        stack.push(graph.members[m]!);
  }
  return skills;
}
