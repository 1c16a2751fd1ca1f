import type { RequestHandler } from "./fast-graphql.ts";

export interface LazyHandler {
  readonly handle: RequestHandler;
  /** Loads it now, so that the first request that needs it does not wait. */
  load(): void;
}

/**
 * A handler that is not there from the start. For Yoga: with what it brings it is 400 of 1,000 modules and half a
 * second of processor time, while the questions that come first are seldom for it.
 */
export function lazyHandler(make: () => Promise<RequestHandler>): LazyHandler {
  let made: Promise<RequestHandler> | undefined;
  const load = (): Promise<RequestHandler> => {
    if (made === undefined) {
      made = make();
      // A failure is not kept: the next request tries again.
      made.catch(() => {
        made = undefined;
      });
    }
    return made;
  };
  return {
    handle: async (request, response) => (await load())(request, response),
    load: () => void load().catch(() => {}),
  };
}
