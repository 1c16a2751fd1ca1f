/** The last work on each thing, and whose. */
const last = new WeakMap<object, Map<string, Promise<unknown>>>();

/** Does work on something when all is done that somebody wanted of it before, whatever became of that. */
export function oneByOne<Result>(on: object, whose: string, work: () => Promise<Result>): Promise<Result> {
  const before = last.get(on) ?? new Map<string, Promise<unknown>>();
  last.set(on, before);
  const done = (before.get(whose) ?? Promise.resolve()).then(work);
  const over = done
    .catch(() => {})
    .then(() => {
      if (before.get(whose) === over) before.delete(whose);
    });
  before.set(whose, over);
  return done;
}
