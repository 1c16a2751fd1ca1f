import type { StepGraph } from "./used-prerequisites.ts";

/** Steps of one topic that are learned one after the other, by place in the path. */
export interface Chapter {
  readonly topic: number;
  readonly steps: readonly number[];
}

/** How many steps are looked at before the first way into a loop is taken: the paths of people take some 300 to 1,500. */
const MAX_LOOKED_AT = 20_000;
/** From how many ways into loops on equal loops are remembered. */
const TRIED_BEFORE_MEMORY = 8;

/**
 * The steps in as few chapters as prerequisites allow: each topic is entered once, and again only where topics wait for
 * one another in a loop.
 *
 * A topic that waits for no other is done at once, which is never worse. Loops (strongly connected components of topics)
 * do not bear on one another when each comes after those it needs. Of a loop, one topic has to be entered before it can be
 * finished: with all of its steps that can be taken, since more steps done never ask for more chapters. Which topic that
 * is, is tried; what is left falls apart again. Where `MAX_LOOKED_AT` is used up there may be more chapters than needed.
 *
 * `topicAt` has the topic of each step, steps by place in learning order. The chapters come in an order in which they can
 * be learned. The search pauses before each way into a loop. O(chapters · (steps + uses)) when it is.
 */
export function* fewestChapters(
  topicAt: readonly number[],
  graph: StepGraph,
): Generator<void, readonly Chapter[]> {
  const { chapters } = yield* new ChapterSearch(graph).split(byTopic(topicAt));
  return chapters;
}

/** Steps by their topics, in the order of the first step of each. */
function byTopic(topicAt: readonly number[]): readonly Chapter[] {
  const found = new Map<number, number[]>();
  topicAt.forEach((topic, step) => {
    const steps = found.get(topic);
    if (steps === undefined) found.set(topic, [step]);
    else steps.push(step);
  });
  return Array.from(found, ([topic, steps]) => ({ topic, steps }));
}

interface Split {
  readonly chapters: readonly Chapter[];
  /** How many times a topic is left before it is finished. */
  readonly returns: number;
}

class ChapterSearch {
  private tried = 0;
  private lookedAt = 0;
  /** The loops that were taken apart, by their steps. */
  private readonly loops = new Map<string, Split>();
  /** Which of the topics that are looked at has each step, −1 for steps of others. */
  private readonly numberAt: Int32Array;

  constructor(private readonly graph: StepGraph) {
    this.numberAt = new Int32Array(graph.needs.length).fill(-1);
  }

  /** The fewest chapters of what is left of some topics, when it needs nothing but one another. */
  *split(topics: readonly Chapter[]): Generator<void, Split> {
    const chapters: Chapter[] = [];
    let returns = 0;
    for (const group of this.inLoops(topics)) {
      if (group.length === 1) chapters.push(group[0]!);
      else {
        const loop = yield* this.loop(group);
        for (const chapter of loop.chapters) chapters.push(chapter);
        returns += loop.returns;
      }
    }
    return { chapters, returns };
  }

  /** Takes topics apart of which each waits for all others. */
  private *loop(topics: readonly Chapter[]): Generator<void, Split> {
    // The first few are not the same again, and the last are not asked again.
    const isAgain = this.tried >= TRIED_BEFORE_MEMORY && this.lookedAt <= MAX_LOOKED_AT;
    const key = isAgain ? topics.map(({ steps }) => steps.join()).join(";") : undefined;
    const before = key === undefined ? undefined : this.loops.get(key);
    if (before !== undefined) return before;
    let best: Split | undefined;
    for (const tried of topics) {
      if (best !== undefined && (best.returns === 1 || this.lookedAt > MAX_LOOKED_AT)) break;
      const { topic } = tried;
      const begun = this.begun(tried.steps, topics);
      if (begun.length === 0) continue;
      this.tried++;
      yield;
      const left = { topic, steps: tried.steps.filter((step) => !begun.includes(step)) };
      const rest = yield* this.split(topics.map((each) => (each === tried ? left : each)));
      if (best !== undefined && rest.returns + 1 >= best.returns) continue;
      best = { chapters: [{ topic, steps: begun }, ...rest.chapters], returns: rest.returns + 1 };
    }
    if (best === undefined) throw new Error("expected a first step, got steps that all wait for one another");
    if (key !== undefined) this.loops.set(key, best);
    return best;
  }

  /** The steps of one topic that can be taken when all of some topics are left. */
  private begun(steps: readonly number[], topics: readonly Chapter[]): readonly number[] {
    const { numberAt } = this;
    for (const topic of topics) for (const step of topic.steps) numberAt[step] = 0;
    const begun: number[] = [];
    for (const step of steps) {
      if (this.graph.needs[step]!.some((before) => numberAt[before] !== -1)) continue;
      begun.push(step);
      numberAt[step] = -1;
    }
    for (const topic of topics) for (const step of topic.steps) numberAt[step] = -1;
    return begun;
  }

  /** Numbers topics, and tells of each the numbers of those that it waits for. */
  private needsOf(topics: readonly Chapter[]): readonly (readonly number[])[] {
    const { numberAt } = this;
    topics.forEach(({ steps }, number) => {
      this.lookedAt += steps.length;
      for (const step of steps) numberAt[step] = number;
    });
    const needs = topics.map(({ steps }, number) => {
      const found: number[] = [];
      for (const step of steps)
        for (const before of this.graph.needs[step]!) {
          const needed = numberAt[before]!;
          if (needed !== -1 && needed !== number) found.push(needed);
        }
      return found;
    });
    for (const { steps } of topics) for (const step of steps) numberAt[step] = -1;
    return needs;
  }

  /**
   * The topics in groups: those that wait for one another together, each group after those that it waits for. Tarjan
   * (1972), which finds what is needed first, without recursion. O(steps + uses).
   */
  private inLoops(topics: readonly Chapter[]): Chapter[][] {
    const needs = this.needsOf(topics);
    const found = new Int32Array(topics.length).fill(-1);
    const lowest = new Int32Array(topics.length);
    const next = new Int32Array(topics.length);
    const isDone = new Uint8Array(topics.length);
    const open: number[] = [];
    const path: number[] = [];
    const groups: Chapter[][] = [];
    let count = 0;
    const enter = (topic: number) => {
      found[topic] = lowest[topic] = count++;
      open.push(topic);
      path.push(topic);
    };
    for (let root = 0; root < topics.length; root++) {
      if (found[root] !== -1) continue;
      enter(root);
      while (path.length > 0) {
        const topic = path[path.length - 1]!;
        if (next[topic]! < needs[topic]!.length) {
          const needed = needs[topic]![next[topic]!++]!;
          if (found[needed] === -1) enter(needed);
          else if (!isDone[needed]) lowest[topic] = Math.min(lowest[topic]!, found[needed]!);
          continue;
        }
        path.length--;
        if (path.length > 0) {
          const user = path[path.length - 1]!;
          lowest[user] = Math.min(lowest[user]!, lowest[topic]!);
        }
        if (lowest[topic] !== found[topic]) continue;
        const group = open.splice(open.lastIndexOf(topic)).sort((a, b) => a - b);
        for (const member of group) isDone[member] = 1;
        groups.push(group.map((member) => topics[member]!));
      }
    }
    return groups;
  }
}
