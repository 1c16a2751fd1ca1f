import { IntList, MarkedValues, Marks } from "../../graph/model/integers.ts";
import type { SearchSpace } from "./space.ts";

const stack = new IntList();
const options = new IntList();
/** What a plan is known to need: goals, and nodes that could not be dropped. */
const isFixed = new Marks();
const dropped = new IntList();
/** Per node that has lost members with what is dropped: the member, or −1 when it is more than one. */
const lostMember = new MarkedValues();
const seenInPlan = new IntList();

/**
 * A plan for the goals and the `wanted` among the nodes that a chaining has reached. For each node the cheapest
 * members are picked that were reached before it, those in the plan already for nothing.
 */
export function planFromReached(space: SearchSpace, wanted: readonly number[]): number[] {
  const { reachedAt, inPlan, problem } = space;
  const { memberStart, members, need } = problem;
  inPlan.fill(0);
  const plan: number[] = [];
  stack.clear();
  for (let g = 0; g < problem.goals.length; g++) pick(space, plan, problem.goals[g]!);
  for (let g = 0; g < wanted.length; g++) pick(space, plan, wanted[g]!);
  while (stack.length > 0) {
    const x = stack.items[--stack.length]!;
    const wantedMembers = need[x]!;
    if (wantedMembers === 0) continue;
    options.clear();
    for (let m = memberStart[x]!; m < memberStart[x + 1]!; m++) {
      const at = reachedAt[members[m]!]!;
      if (at !== 0 && at < reachedAt[x]!) options.push(members[m]!);
    }
    space.work += options.length + 1;
    for (let place = 0; place < wantedMembers; place++) {
      if (options.length > wantedMembers) bringCheapestTo(space, place);
      pick(space, plan, options.items[place]!);
    }
  }
  return plan;
}

function pick(space: SearchSpace, plan: number[], v: number): void {
  if (space.inPlan[v] === 1) return;
  space.inPlan[v] = 1;
  stack.push(v);
  if (space.problem.weight[v]! > 0) plan.push(v);
}

function bringCheapestTo(space: SearchSpace, place: number): void {
  const { inPlan, estimate } = space;
  let best = place;
  let bestPrice = Number.POSITIVE_INFINITY;
  for (let i = place; i < options.length; i++) {
    const v = options.items[i]!;
    const price = inPlan[v] === 1 ? -1 : estimate[v]!;
    if (price < bestPrice || (price === bestPrice && v < options.items[best]!)) {
      best = i;
      bestPrice = price;
    }
  }
  const chosen = options.items[best]!;
  options.items[best] = options.items[place]!;
  options.items[place] = chosen;
}

/**
 * Drops, dearest first, each node without which the rest still meets the goals and the `wanted`, and what only
 * that needed. None is left idle. Overwrites the chaining.
 *
 * O(size of the problem); where there are loops, for each node dropped.
 */
export function withoutIdle(
  space: SearchSpace,
  plan: readonly number[],
  wanted: readonly number[],
): number[] {
  const { inPlan, reachedAt, problem } = space;
  const { weight } = problem;
  inPlan.fill(0);
  for (let i = 0; i < plan.length; i++) inPlan[plan[i]!] = 1;
  isFixed.begin(problem.nodeCount);
  isFixed.addAll(problem.goals);
  isFixed.addAll(wanted);
  meets(space, wanted);
  const order = plan.toSorted((a, b) => weight[b]! - weight[a]! || b - a);
  // Dropping a node may leave idle what was needed for it.
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 0; i < order.length; i++) {
      const v = order[i]!;
      if (inPlan[v] === 0 || isFixed.has(v)) continue;
      // What is not met itself was held up by what has been dropped.
      if (reachedAt[v] === 0) inPlan[v] = 0;
      else if (tryToDrop(space, v, wanted)) changed = true;
      // What the plan cannot do without, it cannot do without when it is smaller.
      else isFixed.add(v);
    }
  }
  return plan.filter((v) => inPlan[v] === 1);
}

/** Drops a node and whatever is not met without it, unless something needed is among that. Keeps the chaining up to date. */
function tryToDrop(space: SearchSpace, v: number, wanted: readonly number[]): boolean {
  const { missing, reachedAt, inPlan, problem } = space;
  const { userStart, users, weight } = problem;
  dropped.clear();
  dropped.push(v);
  lostMember.begin(problem.nodeCount);
  let isPossible = true;
  reachedAt[v] = 0;
  let counted = 0;
  for (; counted < dropped.length && isPossible; counted++) {
    const gone = dropped.items[counted]!;
    space.work += userStart[gone + 1]! - userStart[gone]! + 1;
    for (let u = userStart[gone]!; u < userStart[gone + 1]!; u++) {
      const user = users[u]!;
      const isLost = ++missing[user]! === 1;
      if (reachedAt[user] === 0) continue;
      lostMember.set(user, lostMember.has(user) ? -1 : gone);
      if (!isLost) continue;
      if (isFixed.has(user)) {
        isPossible = false;
        // What is lost by a single member needs this one; so a chain of such nodes is walked once.
        for (let node = lostMember.get(user); node >= 0; node = lostMember.get(node)) isFixed.add(node);
      }
      reachedAt[user] = 0;
      dropped.push(user);
    }
  }
  if (isPossible && problem.hasLoop) {
    // What is left may hold itself up in a loop: only chaining again tells.
    for (let i = 0; i < dropped.length; i++) seenInPlan.push(inPlan[dropped.items[i]!]!);
    for (let i = 0; i < dropped.length; i++) inPlan[dropped.items[i]!] = 0;
    isPossible = meets(space, wanted);
    if (!isPossible) {
      for (let i = 0; i < dropped.length; i++) inPlan[dropped.items[i]!] = seenInPlan.items[i]!;
      meets(space, wanted);
    }
    seenInPlan.clear();
    return isPossible;
  }
  for (let i = 0; i < dropped.length; i++) {
    const gone = dropped.items[i]!;
    if (isPossible) {
      if (weight[gone]! > 0) inPlan[gone] = 0;
      continue;
    }
    reachedAt[gone] = 1;
    if (i >= counted) continue;
    for (let u = userStart[gone]!; u < userStart[gone + 1]!; u++) missing[users[u]!]!--;
  }
  return isPossible;
}

/** Whether forward chaining over the nodes in `inPlan` meets the goals and the wanted. */
function meets(space: SearchSpace, wanted: readonly number[]): boolean {
  const { missing, reachedAt, queue, inPlan, problem } = space;
  const { nodeCount, need, weight, userStart, users, goals } = problem;
  let tail = 0;
  for (let v = 0; v < nodeCount; v++) {
    missing[v] = need[v]!;
    reachedAt[v] = 0;
    if (need[v] !== 0 || (weight[v]! > 0 && inPlan[v] === 0)) continue;
    reachedAt[v] = 1;
    queue[tail++] = v;
  }
  let work = nodeCount;
  for (let head = 0; head < tail; head++) {
    const v = queue[head]!;
    work += userStart[v + 1]! - userStart[v]!;
    for (let u = userStart[v]!; u < userStart[v + 1]!; u++) {
      const user = users[u]!;
      if (--missing[user]! !== 0 || (weight[user]! > 0 && inPlan[user] === 0)) continue;
      reachedAt[user] = 1;
      queue[tail++] = user;
    }
  }
  space.work += work;
  for (let g = 0; g < goals.length; g++) if (reachedAt[goals[g]!] === 0) return false;
  for (let g = 0; g < wanted.length; g++) if (reachedAt[wanted[g]!] === 0) return false;
  return true;
}
