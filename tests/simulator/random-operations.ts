import type { Step } from "./model.ts";
import type { Operation } from "./operations.ts";
import type { Random } from "./random.ts";

/** Skills that operations are about: so few that they meet, and close loops. */
export const SLUGS = ["a", "b", "c", "d", "e"];
/** Skills that are there at times. */
const GUESTS = ["g", "h"];

export function randomOperation(
  random: Random,
  id: string,
  { revision, keys }: { readonly revision: number; readonly keys: readonly string[] },
): Operation {
  const steps = [randomStep(random)];
  // Several skills at once: half of it would show.
  if (random.chance(0.4)) {
    const others = [random.pick(SLUGS), random.pick(SLUGS)];
    for (const skill of new Set(others)) steps.push({ kind: "ADD_COST", skill, cost: 100 });
  }
  const isStolen = keys.length > 0 && random.chance(0.05);
  return {
    ...{ id, steps },
    key: isStolen ? random.pick(keys) : random.chance(0.85) ? `key of ${id}` : undefined,
    expectedRevision: random.chance(0.1) ? revision : undefined,
  };
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
