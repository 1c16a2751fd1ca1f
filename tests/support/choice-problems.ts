import fc from "fast-check";
import type { ChoiceProblem } from "../../src/planning/problem/choice-problem.ts";
import { choicesOf } from "../../src/planning/problem/split.ts";
import { choiceQuestion } from "./choice-questions.ts";
import { type AskedGraph, askedGraph, interlockedQuestion } from "./random-questions.ts";

/** The problems that a question leaves to be searched. */
export function problemsOf({ graph, question }: AskedGraph): ChoiceProblem[] {
  return choicesOf(graph, question)?.subproblems.map(({ problem }) => problem) ?? [];
}

/** Questions that mostly lead to a problem, with loops and at-least-k among them, small enough to try everything. */
export function smallQuestion(): fc.Arbitrary<AskedGraph> {
  return fc.oneof(askedGraph(7), interlockedQuestion(8), choiceQuestion(9));
}

/** The nodes with weight. */
export function weighedNodes({ nodeCount, weight }: ChoiceProblem): number[] {
  return Array.from({ length: nodeCount }, (_, node) => node).filter((node) => weight[node]! > 0);
}

/** Which nodes forward chaining meets when those with weight are taken only from a plan. */
export function metBy(
  { nodeCount, need, weight, memberStart, members }: ChoiceProblem,
  plan: Iterable<number>,
): Set<number> {
  const taken = new Set(plan);
  const met = new Set<number>();
  for (let before = -1; before < met.size; ) {
    before = met.size;
    for (let node = 0; node < nodeCount; node++) {
      if (weight[node]! > 0 && !taken.has(node)) continue;
      const own = members.subarray(memberStart[node]!, memberStart[node + 1]!);
      if (own.filter((member) => met.has(member)).length >= need[node]!) met.add(node);
    }
  }
  return met;
}

/** Whether a plan meets the goals, and what else is wanted. */
export function isPlan(
  problem: ChoiceProblem,
  plan: Iterable<number>,
  wanted: readonly number[] = [],
): boolean {
  const met = metBy(problem, plan);
  return [...problem.goals, ...wanted].every((node) => met.has(node));
}

/** Every plan: 2 to the power of the nodes with weight are tried. */
export function allPlans(problem: ChoiceProblem): number[][] {
  const nodes = weighedNodes(problem);
  const plans: number[][] = [];
  for (let mask = 0; mask < 1 << nodes.length; mask++) {
    const plan = nodes.filter((_, bit) => (mask >> bit) & 1);
    if (isPlan(problem, plan)) plans.push(plan);
  }
  return plans;
}

export function weightOf({ weight }: ChoiceProblem, plan: readonly number[]): number {
  return plan.reduce((sum, node) => sum + weight[node]!, 0);
}
