import type { Step } from "./model.ts";
import type { Operation } from "./operations.ts";
import type { Random } from "./random.ts";

/** Skills that operations are about: so few that they meet, and close loops. */
export const SLUGS = ["a", "b", "c", "d", "e"];
/** Skills that are there at times. */
const GUESTS = ["g", "h"];

/** What the writers of one schedule are like. None does everything: what is left out costs nothing, and is in nobody's way. */
export interface Habits {
  readonly writers: number;
  /** Of each writer. */
  readonly writes: number;
  /** Whether they write rows whatever the graph is; otherwise they change it as the API does. */
  readonly arePuts: boolean;
  readonly areKeyed: boolean;
  /** Whether anybody reads: a read makes up for news that were lost. */
  readonly areRead: boolean;
}

export function randomHabits(random: Random): Habits {
  return {
    writers: random.chance(0.5) ? 2 : 3,
    writes: random.chance(0.5) ? 1 : 2,
    arePuts: random.chance(0.7),
    areKeyed: random.chance(0.9),
    areRead: random.chance(0.75),
  };
}

interface Known {
  readonly revision: number;
  /** The keys of writes until now. */
  readonly keys: readonly string[];
}

export function randomOperation(
  random: Random,
  id: string,
  { arePuts, areKeyed }: Habits,
  { revision, keys }: Known,
): Operation {
  if (arePuts) return { id, steps: randomPuts(random), key: undefined, expectedRevision: undefined };
  const steps = [randomStep(random)];
  // Several skills at once: half of it would show.
  if (random.chance(0.4))
    for (const skill of randomSlugs(random)) steps.push({ kind: "ADD_COST", skill, cost: 100 });
  const isStolen = keys.length > 0 && random.chance(0.05);
  const own = random.chance(0.85) ? `key of ${id}` : undefined;
  return {
    ...{ id, steps },
    key: !areKeyed ? undefined : isStolen ? random.pick(keys) : own,
    expectedRevision: random.chance(0.1) ? revision : undefined,
  };
}

function randomSlugs(random: Random): Set<string> {
  return new Set([random.pick(SLUGS), random.pick(SLUGS)]);
}

function randomPuts(random: Random): Step[] {
  return [...randomSlugs(random)].map((skill) => ({ kind: "PUT", skill, cost: 100 * (1 + random.below(5)) }));
}

function randomStep(random: Random): Step {
  const skill = random.pick(SLUGS);
  const needed = random.pick(SLUGS);
  const kind = random.next();
  if (kind < 0.3) return { kind: "ADD_COST", skill, cost: 1 + random.below(5) };
  if (kind < 0.7) {
    if (random.chance(0.7)) return { kind: "NEED", skill, requirement: { skill: needed } };
    const other = random.pick([...SLUGS, ...GUESTS]);
    return { kind: "NEED", skill, requirement: { atLeast: 1, of: [{ skill: needed }, { skill: other }] } };
  }
  if (kind < 0.8) return { kind: "DROP", skill, needed };
  const guest = random.pick(GUESTS);
  if (kind < 0.92) return { kind: "CREATE", skill: guest, cost: 1 + random.below(3), needed };
  return { kind: "REMOVE", skill: guest };
}
