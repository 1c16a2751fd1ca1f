import { GraphQLError } from "graphql";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { ask } from "../../workers/ask.ts";
import type { Answer, Arguments, TaskName } from "../../workers/tasks.ts";
import { TooBusyError } from "../../workers/worker-pool.ts";

/** How long a client is asked to wait when the workers are full: about as long as they take for half of what they have. */
const RETRY_AFTER_SECONDS = 15;

/**
 * Does a task so that other requests get their turn; see `ask`. A promise only where it takes long. Rejects with
 * a GraphQL error of the code TOO_BUSY when too many hard questions are under way.
 */
export function shareThread<Name extends TaskName>(
  name: Name,
  graph: PrerequisiteGraph,
  ...rest: Arguments<Name>
): Answer<Name> | Promise<Answer<Name>> {
  const found = ask(name, graph, ...rest);
  return found instanceof Promise ? found.catch(refuse) : found;
}

function refuse(error: unknown): never {
  if (!(error instanceof TooBusyError)) throw error;
  throw new GraphQLError("Too many hard questions are being answered: ask again a little later.", {
    extensions: {
      code: "TOO_BUSY",
      http: { status: 503, headers: { "retry-after": String(RETRY_AFTER_SECONDS) } },
    },
  });
}
