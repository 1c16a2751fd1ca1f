import type { Requirement } from "../../src/graph/model/requirement.ts";
import { isGroup } from "../../src/graph/model/requirement.ts";
import type { AskedGraph } from "./random-questions.ts";

export interface BruteForcePath {
  readonly cost: number;
  /** Ascending. */
  readonly skills: readonly number[];
}

export function isMet(
  requirement: Requirement<number> | undefined,
  has: (skill: number) => boolean,
): boolean {
  if (requirement === undefined) return true;
  if (!isGroup(requirement)) return has(requirement.skill);
  return requirement.of.filter((member) => isMet(member, has)).length >= requirement.atLeast;
}

/**
 * The cheapest path by trying every set of skills: least cost, then most of each merit for its cost, then fewest skills,
 * then the first in the order of indices. `also` is met besides the goals. For at most some twelve skills.
 */
export function bruteForcePath(asked: AskedGraph, also?: Requirement<number>): BruteForcePath | undefined {
  const { owners, skillCount, question } = asked;
  const { merits } = asked.graph;
  const known = new Set(question.known);
  const barred = new Set([...question.known, ...question.avoid]);
  const free: number[] = [];
  for (let skill = 0; skill < skillCount; skill++) if (!barred.has(skill)) free.push(skill);
  let best: BruteForcePath | undefined;
  for (let mask = 0; mask < 1 << free.length; mask++) {
    const skills = free.filter((_, bit) => (mask >> bit) & 1);
    let cost = 0;
    for (const skill of skills) cost += owners[skill]!.cost;
    if (best !== undefined && !isBefore(owners, merits, { cost, skills }, best)) continue;
    const have = new Set(known);
    const left = new Set(skills);
    let before = -1;
    while (left.size !== before) {
      before = left.size;
      for (const skill of left) {
        if (!isMet(owners[skill]!.requirement, (s) => have.has(s))) continue;
        have.add(skill);
        left.delete(skill);
      }
    }
    if (left.size > 0) continue;
    const met = [...question.goals, ...question.choose].every((goal) =>
      goal < skillCount ? have.has(goal) : isMet(owners[goal]!.requirement, (s) => have.has(s)),
    );
    if (met && isMet(also, (s) => have.has(s))) best = { cost, skills };
  }
  return best;
}

type Owners = AskedGraph["owners"];

/** What each merit comes to in hours that have it. */
function meritsOf(owners: Owners, merits: readonly Int32Array[], { skills }: BruteForcePath): number[] {
  return merits.map((merit) => skills.reduce((sum, skill) => sum + merit[skill]! * owners[skill]!.cost, 0));
}

function isBefore(
  owners: Owners,
  merits: readonly Int32Array[],
  one: BruteForcePath,
  than: BruteForcePath,
): boolean {
  if (one.cost !== than.cost) return one.cost < than.cost;
  const [mine, theirs] = [meritsOf(owners, merits, one), meritsOf(owners, merits, than)];
  for (let i = 0; i < mine.length; i++) if (mine[i] !== theirs[i]) return mine[i]! > theirs[i]!;
  if (one.skills.length !== than.skills.length) return one.skills.length < than.skills.length;
  for (let i = 0; i < one.skills.length; i++)
    if (one.skills[i] !== than.skills[i]) return one.skills[i]! < than.skills[i]!;
  return false;
}
