import { endOfGroups } from "../model/fold.ts";
import { IntList, MarkedValues, type Marks } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";

/** What a learner begins with. A skill that is both known and avoided is known. */
export interface Beginning {
  readonly known?: Iterable<number>;
  /** Skills that are not to be learned. */
  readonly avoided?: Iterable<number>;
}

/** What forward chaining reaches. */
export interface Learnability {
  /** First the known skills, then what can be learned at once, then wave after wave. */
  readonly reached: Int32Array;
  /** Per skill: its place in `reached`, or −1 when it is not learnable. */
  readonly rank: Int32Array;
  /** Per skill: the number of waves before it: 0 at once, −1 for known and for unlearnable skills. */
  readonly stage: Int32Array;
}

/**
 * Which skills are learnable: forward chaining from what is known, one counter per group of how many members it
 * lacks (Dowling & Gallier 1984). Time and memory O(skills + groups + leaves): for the whole graph at once; for
 * one owner use `canBeMet`.
 */
export function learnable(graph: PrerequisiteGraph, beginning: Beginning = {}): Learnability {
  const { skillCount, requirement, groupParent, usedBy, usedByStart, usedByEnd } = graph;
  const lacking = graph.groupNeed.slice();
  const reached = new Int32Array(skillCount);
  const rank = new Int32Array(skillCount).fill(-1);
  const stage = new Int32Array(skillCount).fill(-1);
  const AVOIDED = -2;
  let count = 0;
  const reach = (skill: number, at: number) => {
    if (skill >= skillCount || rank[skill] !== -1) return;
    rank[skill] = count;
    stage[skill] = at;
    reached[count++] = skill;
  };
  for (const skill of beginning.known ?? []) reach(skill, -1);
  for (const skill of beginning.avoided ?? []) if (rank[skill] === -1) rank[skill] = AVOIDED;
  for (let s = 0; s < skillCount; s++) if (requirement[s] === NONE) reach(s, 0);
  for (let r = 0; r < count; r++) {
    const skill = reached[r]!;
    const next = stage[skill]! + 1;
    for (let u = usedByStart[skill]!; u < usedByEnd[skill]!; u++) {
      let by = usedBy[u]!;
      while (by < 0 && --lacking[~by]! === 0) by = groupParent[~by]!;
      if (by >= 0) reach(by, next);
    }
  }
  for (const skill of beginning.avoided ?? []) if (rank[skill] === AVOIDED) rank[skill] = -1;
  return { reached: reached.subarray(0, count), rank, stage };
}

/**
 * Forward chaining inside a few owners of a large graph (Dowling & Gallier 1984: one counter per group of how
 * many members it still lacks). Time grows with the requirements of these owners and nothing else; working
 * memory is kept from run to run.
 *
 * The owners are called by their *place* in the list that was given.
 */
export class LocalChaining {
  /** Places in the order reached: those that can be learned at once first, then wave after wave. */
  readonly reached = new IntList();
  private readonly places = new MarkedValues();
  private readonly stages = new IntList();
  private readonly ranks = new IntList();
  /** Per place: its first use, a chain through `nextUse` in the order of places; −1 ends it. */
  private readonly firstUse = new IntList();
  private readonly lastUse = new IntList();
  private readonly nextUse = new IntList();
  /** What a use counts for: a place when ≥ 0, otherwise `~group`, numbered here. */
  private readonly usedBy = new IntList();
  private readonly lacking = new IntList();
  private readonly groupParent = new IntList();

  /**
   * Chains forward from nothing. A skill that is not among the owners is met when `marks.has(skill) === marked`:
   * `marks` and `true` name what is known, `marks` and `false` what is not.
   */
  run(graph: PrerequisiteGraph, owners: ArrayLike<number>, marks: Marks, marked: boolean): void {
    const { requirement, groupNeed, groupStart, groupParent, members } = graph;
    const { places, reached, nextUse, usedBy, lacking } = this;
    reached.clear();
    nextUse.clear();
    usedBy.clear();
    lacking.clear();
    this.groupParent.clear();
    const firstUse = this.firstUse.reserve(owners.length);
    this.lastUse.reserve(owners.length);
    const stages = this.stages.reserve(owners.length);
    const ranks = this.ranks.reserve(owners.length);
    places.begin(graph.ownerCount);
    for (let p = 0; p < owners.length; p++) {
      places.set(owners[p]!, p);
      firstUse[p] = stages[p] = ranks[p] = -1;
    }

    for (let p = 0; p < owners.length; p++) {
      const reference = requirement[owners[p]!]!;
      if (reference === NONE) this.reach(p, 0);
      else if (reference >= 0) {
        const place = places.get(reference);
        if (place >= 0) this.use(place, p);
        else if (marks.has(reference) === marked) this.reach(p, 0);
      } else {
        const root = ~reference;
        const end = endOfGroups(graph, root);
        const base = lacking.length;
        for (let g = root; g < end; g++) {
          lacking.push(groupNeed[g]!);
          this.groupParent.push(g === root ? p : ~(base + ~groupParent[g]! - root));
          for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
            const skill = members[m]!;
            if (skill < 0) continue;
            const place = places.get(skill);
            if (place >= 0) this.use(place, ~(base + g - root));
            else if (marks.has(skill) === marked) this.meet(base + g - root, 0);
          }
        }
      }
    }

    for (let r = 0; r < reached.length; r++) {
      const place = reached.items[r]!;
      const stage = stages[place]! + 1;
      for (let u = firstUse[place]!; u >= 0; u = nextUse.items[u]!) {
        const by = usedBy.items[u]!;
        if (by >= 0) this.reach(by, stage);
        else this.meet(~by, stage);
      }
    }
  }

  /** The place of an owner in the list of the latest run, or −1. */
  placeOf(owner: number): number {
    return this.places.get(owner);
  }

  /** The number of waves before the one that reached this place, or −1. */
  stageAt(place: number): number {
    return this.stages.items[place]!;
  }

  /** How many places were reached before this one, or −1. */
  rankAt(place: number): number {
    return this.ranks.items[place]!;
  }

  private use(place: number, by: number): void {
    const use = this.usedBy.length;
    this.usedBy.push(by);
    this.nextUse.push(-1);
    if (this.firstUse.items[place] === -1) this.firstUse.items[place] = use;
    else this.nextUse.items[this.lastUse.items[place]!] = use;
    this.lastUse.items[place] = use;
  }

  private reach(place: number, stage: number): void {
    if (this.ranks.items[place] !== -1) return;
    this.ranks.items[place] = this.reached.length;
    this.stages.items[place] = stage;
    this.reached.push(place);
  }

  /** One more member of the group is met. */
  private meet(group: number, stage: number): void {
    const lacking = this.lacking.items;
    const parents = this.groupParent.items;
    for (let g = group; --lacking[g]! === 0; ) {
      const parent = parents[g]!;
      if (parent >= 0) {
        this.reach(parent, stage);
        return;
      }
      g = ~parent;
    }
  }
}
