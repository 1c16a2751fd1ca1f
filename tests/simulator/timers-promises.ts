import { plan, whoseTurn } from "./events.ts";

/** In place of `node:timers/promises`: see `timers.ts`. */
export function setTimeout<Value>(
  ms: number,
  value?: Value,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<Value | undefined> {
  return new Promise((resolve, reject) => {
    const event = plan(whoseTurn(), ms, () => resolve(value));
    signal?.addEventListener("abort", () => {
      event.isCancelled = true;
      reject(signal.reason);
    });
  });
}

export function setImmediate(): Promise<void> {
  return new Promise((resolve) => {
    plan(whoseTurn(), 0, resolve);
  });
}
