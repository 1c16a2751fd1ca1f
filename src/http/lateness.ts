import { monitorEventLoopDelay } from "node:perf_hooks";
import { GraphQLError } from "graphql";
import { LATENESS_CHECK_MS, MAX_LATE_CHECKS, MAX_LATENESS_MS, RETRY_WHEN_BEHIND_SECONDS } from "./limits.ts";

/** Looks at how late the event loop is, and refuses new work while it cannot keep up. */
export class Lateness {
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  readonly #timer: NodeJS.Timeout;
  #lateChecks = 0;

  constructor() {
    this.#delay.enable();
    this.#timer = setInterval(() => {
      this.look(this.#delay.mean / 1e6);
      this.#delay.reset();
    }, LATENESS_CHECK_MS).unref();
  }

  /** Takes the mean delay since the last look, in milliseconds. */
  look(meanMs: number): void {
    this.#lateChecks = meanMs > MAX_LATENESS_MS ? this.#lateChecks + 1 : 0;
  }

  get isBehind(): boolean {
    return this.#lateChecks >= MAX_LATE_CHECKS;
  }

  /** Throws a `GraphQLError`, status 503, while the server is behind. */
  check(): void {
    if (!this.isBehind) return;
    throw new GraphQLError("The server has more to do than it can: ask again a little later.", {
      extensions: {
        code: "TOO_BUSY",
        http: { status: 503, headers: { "retry-after": String(RETRY_WHEN_BEHIND_SECONDS) } },
      },
    });
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#delay.disable();
  }
}
