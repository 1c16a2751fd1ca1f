import { endOfGroups } from "../model/fold.ts";
import { IntList, MarkedValues, Marks } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { type Closure, possiblePrerequisites } from "./closure.ts";

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
 * Which skills of the whole graph are learnable: forward chaining from what is known, one counter per group of how
 * many members it lacks (Dowling & Gallier 1984). Time and memory O(skills + groups + leaves); for a few owners use
 * `LocalChaining`.
 */
export function learnable(graph: PrerequisiteGraph, known: Iterable<number> = []): Learnability {
  const { skillCount, requirement, groupParent, usedBy, usedByStart } = graph;
  const lacking = graph.groupNeed.slice();
  const reached = new Int32Array(skillCount);
  const rank = new Int32Array(skillCount).fill(-1);
  const stage = new Int32Array(skillCount).fill(-1);
  let count = 0;
  const reach = (skill: number, at: number) => {
    if (skill >= skillCount || rank[skill] !== -1) return;
    rank[skill] = count;
    stage[skill] = at;
    reached[count++] = skill;
  };
  for (const skill of known) reach(skill, -1);
  for (let s = 0; s < skillCount; s++) if (requirement[s] === NONE) reach(s, 0);
  for (let r = 0; r < count; r++) {
    const skill = reached[r]!;
    const next = stage[skill]! + 1;
    for (let u = usedByStart[skill]!; usedBy[u] !== NONE; u++) {
      let by = usedBy[u]!;
      while (by < 0 && --lacking[~by]! === 0) by = groupParent[~by]!;
      if (by >= 0) reach(by, next);
    }
  }
  return { reached: reached.subarray(0, count), rank, stage };
}

/**
 * Forward chaining inside a few owners of a large graph, with the same counters. Time grows with the requirements of
 * these owners and nothing else; memory is kept from run to run. For all skills of a graph `learnable` is faster: it
 * has the graph's lists of uses, and this lists for itself where each owner is used.
 *
 * *Places* are those in the list of owners that was given, *ranks* those in the order in which owners were reached.
 */
export class LocalChaining {
  /** The owners of the latest run, by place. */
  owners: ArrayLike<number> = [];
  /** Places by rank: those that can be learned at once first, then wave after wave. */
  readonly reached = new IntList();
  private readonly known = new Marks();
  private readonly places = new MarkedValues();
  /** Per place, −1 when it was not reached. */
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
   * Chains through all that some owners' requirements lead back to, then these owners. Returns what is behind them;
   * avoided skills are not part of it, and never met. O(requirements of the owners and of what is behind them).
   */
  runBehind(graph: PrerequisiteGraph, owners: readonly number[], beginning: Beginning = {}): Closure {
    const known = [...(beginning.known ?? [])];
    const behind = possiblePrerequisites(graph, owners, {
      known: beginning.avoided === undefined ? known : [...known, ...beginning.avoided],
    });
    const all = new Int32Array(behind.skills.length + owners.length);
    all.set(behind.skills);
    all.set(owners, behind.skills.length);
    this.run(graph, all, known);
    return behind;
  }

  /** Chains from known skills through these owners alone: skills that are neither known nor among them are not met. */
  run(graph: PrerequisiteGraph, owners: ArrayLike<number>, knownSkills: Iterable<number>): void {
    const { requirement, groupNeed, groupStart, groupParent, members } = graph;
    const { known, places, reached, nextUse, usedBy, lacking } = this;
    this.owners = owners;
    reached.clear();
    nextUse.clear();
    usedBy.clear();
    lacking.clear();
    this.groupParent.clear();
    known.begin(graph.ownerCount);
    known.addAll(knownSkills);
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
        else if (known.has(reference)) this.reach(p, 0);
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
            else if (known.has(skill)) this.meet(base + g - root, 0);
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

  isKnown(skill: number): boolean {
    return this.known.has(skill);
  }

  /** How many owners were reached before this one; −1 when it was not reached, or not among the owners. */
  rankOf(owner: number): number {
    const place = this.places.get(owner);
    return place < 0 ? -1 : this.ranks.items[place]!;
  }

  /** The number of waves before the one that reached this owner; −1 when it was not reached, or not among the owners. */
  stageOf(owner: number): number {
    const place = this.places.get(owner);
    return place < 0 ? -1 : this.stages.items[place]!;
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
