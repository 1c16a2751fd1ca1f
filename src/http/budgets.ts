import { setTimeout as pause } from "node:timers/promises";
import { GraphQLError } from "graphql";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { MAX_QUICK_REFUSALS, RATE_WINDOW_SECONDS, REQUEST_COST, SLOW_REFUSAL_MS } from "./limits.ts";

export const RATE_LIMITED = "RATE_LIMITED";

/** What a client may still cause, and in how many seconds it has its whole budget again. */
export interface Budget {
  readonly remaining: number;
  readonly resetsIn: number;
}

/** The cost of all clients since the start. */
export interface CostTotals {
  readonly charged: number;
  /** How much of it was given back. */
  readonly givenBack: number;
}

/**
 * What each client may cause in a minute, in the cost of operations (see `api/operation-limits.ts`). What an operation
 * may cost is taken before it runs; what it did not cost is given back.
 */
export class Budgets {
  readonly #perMinute: number;
  /** Absent: everybody may do anything. */
  readonly #limiter: RateLimiterMemory | undefined;
  /** How often each client is refused at once. */
  readonly #refusals = new RateLimiterMemory({ points: MAX_QUICK_REFUSALS, duration: RATE_WINDOW_SECONDS });

  #charged = 0;
  #givenBack = 0;

  constructor(perMinute: number | undefined) {
    this.#perMinute = perMinute ?? Number.POSITIVE_INFINITY;
    if (perMinute !== undefined)
      this.#limiter = new RateLimiterMemory({ points: perMinute, duration: RATE_WINDOW_SECONDS });
  }

  /**
   * Takes a cost from what a client has left. Resolves with what the client has caused in this minute, this included. Rejects
   * with a `GraphQLError`, status 429, when less is left, and later to clients that go on asking. More than the whole budget
   * costs the whole budget: otherwise it could never be asked for. Returns nothing where nothing is counted.
   */
  take(client: string, cost: number): Promise<number> | undefined {
    const taken = Math.min(cost, this.#perMinute);
    if (this.#limiter !== undefined) return this.#take(this.#limiter, client, taken);
    this.#charged += taken;
    return undefined;
  }

  async #take(limiter: RateLimiterMemory, client: string, cost: number): Promise<number> {
    try {
      const { consumedPoints } = await limiter.consume(client, cost);
      this.#charged += cost;
      return consumedPoints;
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      // Only that it asked is counted of what was not done; that is, so that asking does not cost nothing.
      if (cost > REQUEST_COST) await limiter.reward(client, cost);
      await this.#refusals.consume(client).catch(() => pause(SLOW_REFUSAL_MS, undefined, { ref: false }));
      const { resetsIn } = budgetOf(refused);
      throw new GraphQLError(
        `Expected requests of at most ${this.#perMinute} cost in a minute, got more. Ask again in ${resetsIn} s, or for less.`,
        {
          extensions: {
            code: RATE_LIMITED,
            http: { status: 429, headers: { "retry-after": String(resetsIn) } },
          },
        },
      );
    }
  }

  /** Gives back what was taken of a cost and not used; takes what was used besides. */
  settle(client: string, taken: number, used: number): void {
    const unused = Math.min(taken, this.#perMinute) - Math.min(used, this.#perMinute);
    if (unused < 0) this.#charged -= unused;
    else this.#givenBack += unused;
    void this.#giveBack(client, unused);
  }

  /** What was taken in a window that has ended is not left for the next one: none begins with more than the budget. */
  async #giveBack(client: string, cost: number): Promise<void> {
    const now = await this.#limiter?.reward(client, cost);
    if (now !== undefined && now.consumedPoints < 0) await this.#limiter?.delete(client);
  }

  get totals(): CostTotals {
    return { charged: this.#charged, givenBack: this.#givenBack };
  }

  /** What a client has left; `undefined` where nothing is counted. */
  async left(client: string): Promise<Budget | undefined> {
    const left = await this.#limiter?.get(client);
    return left ? budgetOf(left) : undefined;
  }
}

function budgetOf({ remainingPoints, msBeforeNext }: RateLimiterRes): Budget {
  return { remaining: remainingPoints, resetsIn: Math.ceil(Math.max(0, msBeforeNext) / 1_000) };
}
