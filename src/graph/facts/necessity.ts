import { IntList } from "../model/int-list.ts";
import type { Marks } from "../model/marks.ts";
import { endOfGroups, NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import type { LocalChaining } from "../walk/local-chaining.ts";

/** How many candidates are carried at once: the bits of a word. */
export const CANDIDATES_AT_ONCE = 32;

/** Members of the program that are no ranks: met from the start, never met, and from there on inner groups. */
const MET = -1;
const NEVER = -2;
const FIRST_GROUP = -3;

/**
 * What is needed in every way to a skill, one bit per candidate.
 *
 * A skill's word is its own bit together with the word behind its requirement: the union over a group that
 * needs all members, the intersection where one is enough, and for k of n the candidates that more than n − k
 * members need. Loops through alternatives are why this starts from "everything is needed" and repeats, in the
 * order of the chaining, until nothing changes: the greatest fixpoint. For each candidate on its own that is the
 * complement of what can be learned without it (Keyder, Richter & Helmert 2010, on landmarks of AND/OR graphs).
 *
 * The requirements are written once as a flat program in the order of ranks, so that a pass per 32 candidates
 * reads one array from front to back. Measured against walking the graph itself: a tenth of the time.
 */
export class Necessity {
  /** Per group, innermost first: how many members it needs, how many it has, the members. */
  private readonly program = new IntList();
  /** Per rank: where its groups begin. */
  private readonly start = new IntList();
  private readonly words = new IntList();
  private readonly own = new IntList();
  private readonly groups = new IntList();
  private chaining: LocalChaining | undefined;
  /** Whether some requirement names what is reached later, so that one pass may not be enough. */
  private looksAhead = false;

  /** `chaining` has been run over the owners with the same `marks` and `marked`. Time O(their requirements). */
  prepare(
    graph: PrerequisiteGraph,
    owners: ArrayLike<number>,
    chaining: LocalChaining,
    marks: Marks,
    marked: boolean,
  ): void {
    const { requirement, groupNeed, groupStart, members } = graph;
    const { program, start } = this;
    this.chaining = chaining;
    this.looksAhead = false;
    program.clear();
    start.clear();
    const count = chaining.reached.length;
    for (let rank = 0; rank < count; rank++) {
      start.push(program.length);
      const reference = requirement[owners[chaining.reached.items[rank]!]!]!;
      if (reference === NONE) continue;
      const root = reference < 0 ? ~reference : 0;
      const end = reference < 0 ? endOfGroups(graph, root) : 1;
      this.groups.reserve(end - root);
      for (let g = end - 1; g >= root; g--) {
        const from = reference < 0 ? groupStart[g]! : 0;
        const to = reference < 0 ? groupStart[g + 1]! : 1;
        program.push(reference < 0 ? groupNeed[g]! : 1);
        program.push(to - from);
        for (let m = from; m < to; m++) {
          const member = reference < 0 ? members[m]! : reference;
          if (member < 0) {
            // Groups are executed from the last to the first.
            program.push(FIRST_GROUP - (end - 1 - ~member));
            continue;
          }
          const place = chaining.placeOf(member);
          const at = place < 0 ? -1 : chaining.rankAt(place);
          if (at >= rank) this.looksAhead = true;
          if (at >= 0) program.push(at);
          else program.push(place < 0 && marks.has(member) === marked ? MET : NEVER);
        }
      }
    }
    start.push(program.length);
  }

  /**
   * Carries at most 32 candidates, reached skills among the owners, through the program. One pass is enough
   * unless a requirement looks ahead; then as many as the longest dependence through such requirements, and one
   * to see that nothing changes.
   */
  carry(candidates: ArrayLike<number>): void {
    const chaining = this.chaining!;
    const count = chaining.reached.length;
    const words = this.words.reserve(count);
    const own = this.own.reserve(count);
    own.fill(0, 0, count);
    let first = count;
    for (let c = 0; c < candidates.length; c++) {
      const rank = chaining.rankAt(chaining.placeOf(candidates[c]!));
      own[rank] = 1 << c;
      if (rank < first) first = rank;
    }
    // What was reached before the first candidate was reached without any of them.
    words.fill(0, 0, first);
    words.fill(-1, first, count);
    for (let changed = true; changed; ) {
      changed = false;
      for (let rank = first; rank < count; rank++) {
        const word = this.wordBehind(rank) | own[rank]!;
        if (word === words[rank]) continue;
        words[rank] = word;
        changed = this.looksAhead;
      }
    }
  }

  /** The candidates that every way to this reached owner passes, its own bit included. */
  wordOf(owner: number): number {
    const chaining = this.chaining!;
    return this.words.items[chaining.rankAt(chaining.placeOf(owner))]!;
  }

  private wordBehind(rank: number): number {
    const program = this.program.items;
    const words = this.words.items;
    const end = this.start.items[rank + 1]!;
    let result = 0;
    let group = 0;
    for (let at = this.start.items[rank]!; at < end; ) {
      const need = program[at]!;
      const size = program[at + 1]!;
      const from = at + 2;
      at = from + size;
      let all = -1;
      let any = 0;
      for (let m = from; m < at; m++) {
        const member = program[m]!;
        const word = member >= 0 ? words[member]! : this.wordOfMember(member);
        all &= word;
        any |= word;
      }
      if (need === size) result = any;
      else if (need === 1 || all === any) result = all;
      else result = all | this.neededByMore(from, at, size - need, any & ~all);
      if (at < end) this.groups.items[group++] = result;
    }
    return result;
  }

  private wordOfMember(member: number): number {
    if (member >= 0) return this.words.items[member]!;
    if (member === MET) return 0;
    return member === NEVER ? -1 : this.groups.items[FIRST_GROUP - member]!;
  }

  /** Those of the bits in `open` that more than `spare` of the members from … to carry. */
  private neededByMore(from: number, to: number, spare: number, open: number): number {
    let result = 0;
    for (let rest = open; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      let carriers = 0;
      for (let m = from; m < to; m++) if ((this.wordOfMember(this.program.items[m]!) & bit) !== 0) carriers++;
      if (carriers > spare) result |= bit;
    }
    return result;
  }
}
