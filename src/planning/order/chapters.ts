import { begunSteps, topicLoops } from "./topic-loops.ts";
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

  constructor(private readonly graph: StepGraph) {}

  /** The fewest chapters of what is left of some topics, when it needs nothing but one another. */
  *split(topics: readonly Chapter[]): Generator<void, Split> {
    const chapters: Chapter[] = [];
    let returns = 0;
    for (const { steps } of topics) this.lookedAt += steps.length;
    for (const group of topicLoops(topics, this.graph)) {
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
      const { begun, left } = begunSteps(tried, topics, this.graph);
      if (begun.length === 0) continue;
      this.tried++;
      yield;
      const rest = yield* this.split(topics.map((each) => (each === tried ? { topic, steps: left } : each)));
      if (best !== undefined && rest.returns + 1 >= best.returns) continue;
      best = { chapters: [{ topic, steps: begun }, ...rest.chapters], returns: rest.returns + 1 };
    }
    if (best === undefined) throw new Error("expected a first step, got steps that all wait for one another");
    if (key !== undefined) this.loops.set(key, best);
    return best;
  }
}
