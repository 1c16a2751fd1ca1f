/**
 * A requirement: a skill, or at least so many of its members. "All of" is `atLeast = of.length` and "any of"
 * is `atLeast = 1`, so there is one kind of inner node. `Leaf` is whatever names a skill: a slug in files, an
 * index in the snapshot.
 */
export type Requirement<Leaf> = SkillRequirement<Leaf> | GroupRequirement<Leaf>;

export interface SkillRequirement<Leaf> {
  readonly skill: Leaf;
}

export interface GroupRequirement<Leaf> {
  /** How many members must be met: from 0 to `of.length`. */
  readonly atLeast: number;
  readonly of: readonly Requirement<Leaf>[];
}

export function isGroup<Leaf>(requirement: Requirement<Leaf>): requirement is GroupRequirement<Leaf> {
  return "of" in requirement;
}

/** All members must be met. */
export function allOf<Leaf>(...of: readonly Requirement<Leaf>[]): GroupRequirement<Leaf> {
  return { atLeast: of.length, of };
}

/** One member is enough. */
export function anyOf<Leaf>(...of: readonly Requirement<Leaf>[]): GroupRequirement<Leaf> {
  return { atLeast: 1, of };
}

export function skill<Leaf>(leaf: Leaf): SkillRequirement<Leaf> {
  return { skill: leaf };
}
