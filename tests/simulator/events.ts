import { nextTick } from "node:process";

/**
 * The time of a simulation: what is to happen when, and to whom. Time stands still while something happens, and leaps to
 * the next event. In between all promises that are settled are followed up, so that the order of everything is decided by
 * the times of events, and what awaits a promise goes on in the turn of whoever settled it.
 */

/** A process that events happen to. Nothing happens to it after its death; while it is frozen, everything waits. */
export interface Process {
  readonly name: string;
  /** What happens to it settles no promise: there is nothing to follow up before the next event. */
  readonly settlesNothing?: true;
  isDead: boolean;
  frozenUntil: number;
}

export interface Event {
  time: number;
  /** What was planned first comes first among events of one time. */
  order: number;
  readonly process: Process;
  readonly run: () => void;
  isCancelled: boolean;
}

/** More events than this are a loop that makes no progress. */
const MAX_EVENTS = 50_000;

const SETTLED = Promise.resolve();

let queue: Event[] = [];
let planned = 0;
let time = 0;
let current: Process | undefined;

/** Milliseconds since the beginning. */
export function now(): number {
  return time;
}

/** The process whose turn it is. */
export function whoseTurn(): Process {
  if (current === undefined) throw new Error("expected to be in the turn of a process");
  return current;
}

/** Forgets everything. */
export function reset(): void {
  queue = [];
  planned = 0;
  time = 0;
  current = undefined;
}

/** Plans something to happen to a process in so many milliseconds. */
export function plan(process: Process, inMs: number, run: () => void): Event {
  const event = { time: time + Math.max(0, inMs), order: planned++, process, run, isCancelled: false };
  push(event);
  return event;
}

/**
 * Lets everything happen that is planned, in its order, until `isOver` or there is nothing. Rejects when what happens
 * throws.
 */
export function happen(isOver: () => boolean): Promise<void> {
  let count = 0;
  return new Promise((resolve, reject) => {
    const turn = () => {
      for (;;) {
        const event = isOver() ? undefined : pop();
        if (event === undefined) return resolve();
        const { process, run } = event;
        if (event.isCancelled || process.isDead) continue;
        if (process.frozenUntil > event.time) {
          event.time = process.frozenUntil;
          event.order = planned++;
          push(event);
          continue;
        }
        if (count++ > MAX_EVENTS) return reject(new Error("expected an end, there are more and more events"));
        time = event.time;
        current = process;
        try {
          run();
        } catch (error) {
          return reject(error);
        }
        if (process.settlesNothing) continue;
        break;
      }
      // Behind what is followed up already. `queueMicrotask` would make an object of half a kilobyte of it.
      void SETTLED.then(rest);
    };
    // Node runs what was planned for its next tick when no promise is left to follow up.
    const rest = () => nextTick(turn);
    turn();
  });
}

const isBefore = (one: Event, other: Event) =>
  one.time < other.time || (one.time === other.time && one.order < other.order);

/** A binary heap, the next event first. */
function push(event: Event): void {
  let at = queue.length;
  queue.push(event);
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!isBefore(event, queue[above]!)) break;
    queue[at] = queue[above]!;
    at = above;
  }
  queue[at] = event;
}

function pop(): Event | undefined {
  const [first] = queue;
  const last = queue.pop();
  if (first === undefined || last === undefined || queue.length === 0) return first;
  let at = 0;
  for (;;) {
    let below = 2 * at + 1;
    if (below >= queue.length) break;
    if (below + 1 < queue.length && isBefore(queue[below + 1]!, queue[below]!)) below++;
    if (!isBefore(queue[below]!, last)) break;
    queue[at] = queue[below]!;
    at = below;
  }
  queue[at] = last;
  return first;
}
