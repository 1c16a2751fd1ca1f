import type { SolvedPath } from "../path-question.ts";

/** What another path does differently. */
export interface PathDifference {
  /** Skills that only the other path has, in its order. */
  readonly added: readonly number[];
  /** Skills that only the first path has, in its order. */
  readonly dropped: readonly number[];
  /** What the other path costs more, in hundredths of an hour; negative when it costs less. */
  readonly extraCost: number;
}

/** How `other` differs from `path`. O(steps). */
export function pathDifference(path: SolvedPath, other: SolvedPath): PathDifference {
  const inPath = new Set(path.skills);
  const inOther = new Set(other.skills);
  return {
    added: other.skills.filter((skill) => !inPath.has(skill)),
    dropped: path.skills.filter((skill) => !inOther.has(skill)),
    extraCost: other.cost - path.cost,
  };
}
