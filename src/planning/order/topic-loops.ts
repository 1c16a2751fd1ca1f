import { IntList, MarkedValues } from "../../graph/model/integers.ts";
import type { Chapter } from "./chapters.ts";
import type { StepGraph } from "./used-prerequisites.ts";

/*
 * What a pass needs, kept for the next: a question makes dozens of passes, of some twenty topics each. A pass does not
 * pause, so that questions do not meet in it.
 */

/** Which of the topics that are looked at has each step. */
const numberAt = new MarkedValues();
/** Per topic the numbers of those that it waits for, each once: those of topic t begin at `start[t]`. */
const start = new IntList();
const needed = new IntList();
/** Per topic the last that was found to wait for it. */
const waitedForBy = new IntList();
const found = new IntList();
const lowest = new IntList();
const next = new IntList();
const open = new IntList();
const path = new IntList();

/** Stands for the number of a topic whose group is found. */
const DONE = -2;

/**
 * The topics in groups: those that wait for one another together, each group after those that it waits for. Tarjan
 * (1972), which finds what is needed first, without recursion. O(steps + uses).
 */
export function topicLoops(topics: readonly Chapter[], graph: StepGraph): Chapter[][] {
  readNeeds(topics, graph);
  found.reserve(topics.length).fill(-1, 0, topics.length);
  lowest.reserve(topics.length);
  next.reserve(topics.length);
  const groups: Chapter[][] = [];
  let count = 0;
  for (let root = 0; root < topics.length; root++) {
    if (found.items[root] !== -1) continue;
    enter(root, count++);
    while (path.length > 0) {
      const topic = path.items[path.length - 1]!;
      if (next.items[topic]! < start.items[topic + 1]!) {
        const before = needed.items[next.items[topic]!++]!;
        if (found.items[before] === -1) enter(before, count++);
        else if (found.items[before] !== DONE) lower(topic, found.items[before]!);
        continue;
      }
      path.length--;
      if (path.length > 0) lower(path.items[path.length - 1]!, lowest.items[topic]!);
      if (lowest.items[topic] === found.items[topic]) groups.push(closedGroup(topic, topics));
    }
  }
  return groups;
}

function enter(topic: number, number: number): void {
  found.items[topic] = number;
  lowest.items[topic] = number;
  next.items[topic] = start.items[topic]!;
  open.push(topic);
  path.push(topic);
}

function lower(topic: number, number: number): void {
  if (number < lowest.items[topic]!) lowest.items[topic] = number;
}

/** Takes the topics of a group, which are the last that were entered, in the order given. */
function closedGroup(first: number, topics: readonly Chapter[]): Chapter[] {
  let from = open.length;
  if (open.items[from - 1] === first) {
    open.length = from - 1;
    found.items[first] = DONE;
    return [topics[first]!];
  }
  do {
    from--;
    found.items[open.items[from]!] = DONE;
  } while (open.items[from] !== first);
  const members = open.items.subarray(from, open.length);
  open.length = from;
  return Array.from(members.sort(), (member) => topics[member]!);
}

/** Numbers the topics, and finds for each those that it waits for. */
function readNeeds(topics: readonly Chapter[], { needs }: StepGraph): void {
  needed.clear();
  start.clear();
  waitedForBy.reserve(topics.length).fill(-1, 0, topics.length);
  numberAt.begin(needs.length);
  for (let number = 0; number < topics.length; number++)
    for (const step of topics[number]!.steps) numberAt.set(step, number);
  for (let number = 0; number < topics.length; number++) {
    start.push(needed.length);
    for (const step of topics[number]!.steps)
      for (const before of needs[step]!) {
        const other = numberAt.get(before);
        if (other === -1 || other === number || waitedForBy.items[other] === number) continue;
        waitedForBy.items[other] = number;
        needed.push(other);
      }
  }
  start.push(needed.length);
}

/** The steps of a topic that can be taken when all of some topics are left, and the steps that cannot. O(steps + uses). */
export function begunSteps(
  topic: Chapter,
  topics: readonly Chapter[],
  { needs }: StepGraph,
): { readonly begun: readonly number[]; readonly left: readonly number[] } {
  numberAt.begin(needs.length);
  for (const { steps } of topics) for (const step of steps) numberAt.set(step, 0);
  const begun: number[] = [];
  const left: number[] = [];
  for (const step of topic.steps) {
    if (needsLeft(needs[step]!)) left.push(step);
    else {
      begun.push(step);
      numberAt.set(step, -1);
    }
  }
  return { begun, left };
}

function needsLeft(needs: readonly number[]): boolean {
  for (const before of needs) if (numberAt.get(before) !== -1) return true;
  return false;
}
