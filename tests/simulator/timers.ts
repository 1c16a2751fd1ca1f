import { type Event, now, plan, whoseTurn } from "./events.ts";

/**
 * What the bundle of a simulation has in place of Node's timers (`bundle.ts` puts it there): the code under test asks for
 * them by the names that it always uses, and is told the time of the simulation.
 */

class Timer {
  event: Event | undefined;

  unref(): this {
    return this;
  }
}

export function setTimeout<Values extends unknown[]>(
  run: (...values: Values) => void,
  ms = 0,
  ...values: Values
): Timer {
  const timer = new Timer();
  timer.event = plan(whoseTurn(), ms, () => run(...values));
  return timer;
}

export function setInterval(run: () => void, ms: number): Timer {
  const timer = new Timer();
  const process = whoseTurn();
  const again = () => {
    timer.event = plan(process, ms, () => {
      again();
      run();
    });
  };
  again();
  return timer;
}

export function clearTimeout(timer: Timer | undefined): void {
  if (timer?.event !== undefined) timer.event.isCancelled = true;
}

export const clearInterval = clearTimeout;

export const performance = { now };
