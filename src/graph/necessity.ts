import { IntList } from "./int-list.ts";
import type { LocalChaining } from "./local-chaining.ts";
import type { Marks } from "./marks.ts";
import { endOfGroups, NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";

/**
 * What is needed in every way to a skill, for at most 32 candidates at once, one bit each.
 *
 * A skill's word is its own bit together with the word behind its requirement: the union over a group that
 * needs all members, the intersection where one is enough, and for k of n the candidates that more than n − k
 * members need. Loops through alternatives are why this starts from "everything is needed" and repeats, in the
 * order of the chaining, until nothing changes: the greatest fixpoint. For each candidate on its own that is the
 * complement of what can be learned without it (Keyder, Richter & Helmert 2010, on landmarks of AND/OR graphs).
 */
export class Necessity {
  private readonly words = new IntList();
  private readonly own = new IntList();
  private readonly groups = new IntList();
  private chaining: LocalChaining | undefined;
  private marks: Marks | undefined;
  private marked = true;
  private rank = 0;
  private sawLater = false;

  /**
   * `chaining` has been run over the owners with the same `marks` and `marked`. Candidates are among the owners.
   * One pass is enough unless a requirement names something reached later; then as many as the longest
   * dependence through such requirements, and one to see that nothing changes.
   */
  run(
    graph: PrerequisiteGraph,
    owners: ArrayLike<number>,
    chaining: LocalChaining,
    marks: Marks,
    marked: boolean,
    candidates: ArrayLike<number>,
  ): void {
    this.chaining = chaining;
    this.marks = marks;
    this.marked = marked;
    const words = this.words.reserve(owners.length);
    const own = this.own.reserve(owners.length);
    words.fill(-1, 0, owners.length);
    own.fill(0, 0, owners.length);
    let first = chaining.reached.length;
    for (let c = 0; c < candidates.length; c++) {
      const place = chaining.placeOf(candidates[c]!);
      own[place] = 1 << c;
      first = Math.min(first, chaining.rankAt(place));
    }
    const order = chaining.reached.items;
    // What was reached before the first candidate was reached without any of them.
    for (let r = 0; r < first; r++) words[order[r]!] = 0;

    this.sawLater = false;
    for (let changed = true; changed; changed = changed && this.sawLater) {
      changed = false;
      for (this.rank = first; this.rank < chaining.reached.length; this.rank++) {
        const place = order[this.rank]!;
        const word = this.wordBehind(graph, owners[place]!) | own[place]!;
        if (word === words[place]) continue;
        words[place] = word;
        changed = true;
      }
    }
  }

  /** The candidates that every way to this owner's requirement needs. All of them when there is no way. */
  wordBehind(graph: PrerequisiteGraph, owner: number): number {
    const { members, groupStart, groupNeed } = graph;
    const reference = graph.requirement[owner]!;
    if (reference === NONE) return 0;
    if (reference >= 0) return this.wordOf(reference);
    const root = ~reference;
    const end = endOfGroups(graph, root);
    const groups = this.groups.reserve(end - root);
    for (let g = end - 1; g >= root; g--) {
      const from = groupStart[g]!;
      const to = groupStart[g + 1]!;
      let all = -1;
      let any = 0;
      for (let m = from; m < to; m++) {
        const member = members[m]!;
        const word = member >= 0 ? this.wordOf(member) : groups[~member - root]!;
        all &= word;
        any |= word;
      }
      const spare = to - from - groupNeed[g]!;
      if (spare === 0) groups[g - root] = any;
      else if (groupNeed[g] === 1 || all === any) groups[g - root] = all;
      else groups[g - root] = all | this.neededByMore(graph, root, from, to, spare, any & ~all);
    }
    return groups[0]!;
  }

  /** The candidates that every way to this skill passes, its own bit included. */
  wordOf(skill: number): number {
    const place = this.chaining!.placeOf(skill);
    if (place < 0) return this.marks!.has(skill) === this.marked ? 0 : -1;
    if (this.chaining!.rankAt(place) > this.rank) this.sawLater = true;
    return this.words.items[place]!;
  }

  /** Those of the bits in `open` that more than `spare` members carry. */
  private neededByMore(
    graph: PrerequisiteGraph,
    root: number,
    from: number,
    to: number,
    spare: number,
    open: number,
  ): number {
    let result = 0;
    for (let rest = open; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      let carriers = 0;
      for (let m = from; m < to; m++) {
        const member = graph.members[m]!;
        if (((member >= 0 ? this.wordOf(member) : this.groups.items[~member - root]!) & bit) !== 0)
          carriers++;
      }
      if (carriers > spare) result |= bit;
    }
    return result;
  }
}
