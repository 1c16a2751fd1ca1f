import { GraphQLError } from "graphql";
import { AttachedValues } from "../../graph/model/attached-values.ts";
import type { Effort } from "../../planning/limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../../planning/path-question.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { ask, askPath } from "../../workers/ask.ts";
import type { Spent } from "../../workers/metered.ts";
import type { Answer, Arguments, TaskName } from "../../workers/tasks.ts";
import { TooBusyError } from "../../workers/worker-pool.ts";

/** How long a client is asked to wait when the workers are full: about as long as they take for half of what they have. */
const RETRY_AFTER_SECONDS = 15;

/** Who asks for a task. Without `work`, nothing but its end ends it: for answers that are kept for everybody. */
export interface Asking {
  readonly snapshot: GraphSnapshot;
  readonly work?: AbortController;
  readonly spent?: Spent;
  readonly since?: number | undefined;
}

/**
 * Runs a task of the worker pool, on this thread first and in slices, so that other requests get their turn; see
 * `ask`. Returns a promise only where the task takes long. Throws, or rejects with, a GraphQL error of the code
 * TOO_BUSY when too many hard questions are under way. The other tasks of the same work end then, too: an answer that
 * lacks a part is not what was asked for.
 */
export function runTask<Name extends TaskName>(
  name: Name,
  { snapshot, work, spent, since }: Asking,
  ...rest: Arguments<Name>
): Answer<Name> | Promise<Answer<Name>> {
  const answer = ask(name, { graph: snapshot.graph, signal: work?.signal, spent, since }, ...rest);
  return answer instanceof Promise ? answer.catch((error) => refuse(error, work)) : answer;
}

/** The cheapest learning path, as `runTask` gives it; see `askPath`. */
export function runPath(
  { snapshot, work, spent, since }: Asking,
  question: PathQuestion,
  effort: Effort,
): SolvedPath | Unreachable | Promise<SolvedPath | Unreachable> {
  const answer = askPath({ graph: snapshot.graph, signal: work?.signal, spent, since }, question, effort);
  return answer instanceof Promise ? answer.catch((error) => refuse(error, work)) : answer;
}

function refuse(error: unknown, work: AbortController | undefined): never {
  if (!(error instanceof TooBusyError)) throw error;
  const refusal = new GraphQLError("Too many hard questions are being answered: ask again a little later.", {
    extensions: {
      code: "TOO_BUSY",
      http: { status: 503, headers: { "retry-after": String(RETRY_AFTER_SECONDS) } },
    },
  });
  work?.abort(refusal);
  throw refusal;
}

/** Calls `next` with a value: at once if it is there already, since a promise costs a turn of microtasks. */
export function andThen<Value, Next>(
  value: Value | Promise<Value>,
  next: (value: Value) => Next | Promise<Next>,
): Next | Promise<Next> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/**
 * `compute`, done once for each key for as long as the key lives: once for each path of a request, or for each
 * snapshot. `given` is what else `compute` needs, and must not change its answer. A promise that rejects is
 * forgotten, so that the next caller tries again.
 */
export function memo<Key extends object, Value, Given = void>(
  compute: (key: Key, given: Given) => Value,
): (key: Key, given: Given) => Value {
  const computed = new AttachedValues<Key, { readonly value: Value }>();
  return (key, given) => {
    let entry = computed.get(key);
    if (entry === undefined) {
      entry = { value: compute(key, given) };
      computed.set(key, entry);
      if (entry.value instanceof Promise) entry.value.catch(() => computed.set(key, undefined));
    }
    return entry.value;
  };
}
