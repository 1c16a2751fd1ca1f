import type { Database } from "./database/clients.ts";
import { REVISION_CHANNEL } from "./rows/graph-tables.ts";

/** Looks for a new revision, and says when the database does not answer, and when it does again. */
export function pollOf(
  refresh: () => Promise<void>,
  log: ((message: string) => void) | undefined,
): () => void {
  let reachable = true;
  return () => {
    refresh().then(
      () => {
        if (!reachable) log?.("the database answers again");
        reachable = true;
      },
      (error: unknown) => {
        if (reachable) log?.(`cannot read the revision: ${error instanceof Error ? error.message : error}`);
        reachable = false;
      },
    );
  };
}

/** What ends the following of other processes' writes. */
export interface Follower {
  stop(): Promise<void>;
}

/**
 * Looks for a new revision whenever the database tells of one, and from time to time, in case that it could not: a lost
 * connection is opened again then.
 */
export function follow(
  listen: Database["listen"],
  poll: () => void,
  onNotified: (revision: number) => void,
  pollMs: number,
): Follower {
  let listening: Promise<(() => Promise<void>) | undefined> | undefined;
  let isStopped = false;
  const begin = () => {
    const onMessage = (message: string) => onNotified(Number(message));
    const onLost = () => {
      listening = undefined;
    };
    listening ??= listen?.(REVISION_CHANNEL, onMessage, onLost).then(
      (stop) => {
        // What was written before the database knew that somebody listens was told to nobody.
        if (!isStopped) poll();
        return stop;
      },
      () => {
        onLost();
        return undefined;
      },
    );
  };
  begin();
  const timer = setInterval(() => {
    begin();
    poll();
  }, pollMs).unref();
  return {
    stop: async () => {
      isStopped = true;
      clearInterval(timer);
      const stop = await listening;
      await stop?.();
    },
  };
}
