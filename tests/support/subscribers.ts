import { setTimeout as sleep } from "node:timers/promises";
import { type Subscription, subscribe } from "./events.ts";

/** Clients that follow the graph, come back whenever their connection is lost, and note what they are told. */
export interface Subscribers {
  /** For each, the revisions in the order in which they came. */
  readonly seen: readonly (readonly number[])[];
  /** One of them loses its connection, and comes back to any of the servers. */
  disconnect(): void;
  /** Resolves when all have been told of a revision. */
  until(revision: number): Promise<void>;
  stop(): Promise<void>;
}

/** Follows from the revision after one. `random` gives numbers below one. */
export function startSubscribers(
  urls: readonly string[],
  count: number,
  since: number,
  random: () => number,
): Subscribers {
  const pick = (length: number) => Math.floor(random() * length);
  const seen = Array.from({ length: count }, (): number[] => []);
  const open = new Map<number, Subscription>();
  let isOver = false;
  const follow = async (nth: number) => {
    const own = seen[nth]!;
    while (!isOver) {
      try {
        const url = urls[pick(urls.length)]!;
        const subscription = await subscribe(url, { lastEventId: own.at(-1) ?? since });
        open.set(nth, subscription);
        if (isOver) subscription.leave();
        for await (const { lastId } of subscription.events) own.push(Number(lastId));
      } catch {
        // The connection was lost.
      }
      open.delete(nth);
      await sleep(20);
    }
  };
  const following = Promise.all(seen.map((_, nth) => follow(nth)));
  return {
    seen,
    disconnect: () => open.get(pick(count))?.leave(),
    until: async (revision) => {
      while (seen.some((own) => (own.at(-1) ?? since) < revision)) await sleep(20);
    },
    stop: async () => {
      isOver = true;
      for (const subscription of open.values()) subscription.leave();
      await following;
    },
  };
}

/** Whether each of the revisions after one, up to another, is there once and in order. */
export function isEachOnce(seen: readonly number[], since: number, upTo: number): boolean {
  return seen.length === upTo - since && seen.every((revision, at) => revision === since + 1 + at);
}
