import { type EventLoopUtilization, performance } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";
import { LOOK_BACK_MS, MAX_BUSY } from "./limits.ts";

/** How much the event loop had done a while ago, and at least twice as long ago. */
let last: EventLoopUtilization = performance.eventLoopUtilization();
let older = last;

/**
 * Whether this thread has lately had time to spare for work that can wait: as much as `MAX_BUSY` leaves. A worker always
 * has: it does nothing but tasks, of which those that can wait come last.
 */
export function hasSpareTime(): boolean {
  if (!isMainThread) return true;
  const now = performance.eventLoopUtilization();
  if (spanOf(now) - spanOf(last) > LOOK_BACK_MS) {
    older = last;
    last = now;
  }
  return performance.eventLoopUtilization(now, older).utilization < MAX_BUSY;
}

function spanOf({ idle, active }: EventLoopUtilization): number {
  return idle + active;
}
