/**
 * The prerequisite graph as compressed sparse rows.
 *
 * *Owners* are what has a requirement: first the skills (0 … skillCount − 1), then whatever else asks for
 * skills (projects, roles, roadmaps). Only skills are members of requirements.
 *
 * A *reference* is one number: a skill index when ≥ 0, otherwise `~group`. `NONE` stands for no requirement.
 * Skills are numbered in the order of their slugs, so that comparing indices compares slugs.
 *
 * The groups of one owner are neighbours, its root first and every group before the groups inside it. So the
 * leaves of a requirement are one stretch of `members`, see `endOfGroups`. Groups that no owner refers to are
 * left over from `withRequirements`: to visit all groups, go from the owners.
 *
 * Never written to after it was built; snapshots of neighbouring revisions share arrays. About 14 bytes per
 * leaf at five leaves a skill.
 */
export interface PrerequisiteGraph {
  readonly skillCount: number;
  readonly ownerCount: number;
  /** Per owner: what it costs itself, in hundredths of an hour, so that sums are exact. */
  readonly cost: Int32Array;
  /**
   * What speaks for skills beside their cost, the weightiest first: a figure ≥ 0 per skill. Of paths of equal cost, the
   * one of the most merit for its hours is taken. Empty where nothing speaks for one skill more than for another.
   */
  readonly merits: readonly Int32Array[];
  /** Per owner: its requirement as a reference, or `NONE`. */
  readonly requirement: Int32Array;
  /** Per group: how many of its members must be met: from 1 to all of them. */
  readonly groupNeed: Int32Array;
  /** Per group: where its members begin in `members`; one more entry than groups. */
  readonly groupStart: Int32Array;
  /** References, in the author's order. */
  readonly members: Int32Array;
  /** Per group: what it belongs to: an owner when ≥ 0, otherwise `~group`. */
  readonly groupParent: Int32Array;
  /** Per skill: where its uses begin in `usedBy`; 0 where it has none. */
  readonly usedByStart: Int32Array;
  /**
   * The lists of uses, with gaps, each ended by `NONE`, as is the empty list at 0: where a skill is asked for, an owner
   * whose whole requirement it is when ≥ 0, otherwise `~group`. Each list is in the order of owners, whatever changes
   * the graph has seen.
   */
  readonly usedBy: Int32Array;
}

/** "No requirement" in `PrerequisiteGraph.requirement`, "no more uses" in `usedBy`. */
export const NONE = -0x80000000;
