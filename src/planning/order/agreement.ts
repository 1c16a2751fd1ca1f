/** How far an order of steps agrees with an author's. */
export interface Agreement {
  /** The pairs of steps that the author puts in an order. */
  readonly pairs: number;
  /** Those of them that the path puts the other way round. */
  readonly inversions: number;
}

/**
 * Compares a path with an ordered roadmap, given as the skills of each of its steps; a skill counts where it is named
 * first. Kendall's τ of the two is `1 − 2 · inversions / pairs`. O(steps²).
 */
export function agreementWith(path: readonly number[], roadmap: readonly (readonly number[])[]): Agreement {
  const rankOf = new Map<number, number>();
  roadmap.forEach((skills, rank) => {
    for (const skill of skills) if (!rankOf.has(skill)) rankOf.set(skill, rank);
  });
  const ranks = path.flatMap((skill) => rankOf.get(skill) ?? []);
  let pairs = 0;
  let inversions = 0;
  ranks.forEach((later, at) => {
    for (let before = 0; before < at; before++) {
      if (ranks[before] === later) continue;
      pairs++;
      if (ranks[before]! > later) inversions++;
    }
  });
  return { pairs, inversions };
}
