import type { ServerResponse } from "node:http";
import { GraphQLError } from "graphql";

/** The clients that wait for one answer. When all of them have left, the work on it is ended. */
export class Audience {
  readonly work = new AbortController();
  #waiting = 0;

  constructor(first: ServerResponse) {
    this.add(first);
  }

  /** One more client waits for the answer, which it gets as this response. */
  add(response: ServerResponse): void {
    this.#waiting++;
    response.once("close", () => {
      if (response.writableEnded) return;
      this.#waiting--;
      if (this.#waiting === 0) this.work.abort(allLeft());
    });
  }
}

/** Nobody reads it: it ends what is under way, and is no fault. */
function allLeft(): GraphQLError {
  return new GraphQLError("Nobody waits for the answer any more.", {
    extensions: { code: "ABANDONED", http: { status: 503 } },
  });
}
