import type { IncomingMessage } from "node:http";
import { type Budget, Budgets, type CostTotals } from "./budgets.ts";
import { Clients } from "./clients.ts";
import { Lateness } from "./lateness.ts";
import { FAIR_COST, LATER_MS_PER_COST, MAX_LATER_MS, REQUEST_COST } from "./limits.ts";

export interface GateOptions {
  /** The cost that one client may cause in a minute; absent: any. */
  readonly rateLimit?: number | undefined;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies?: readonly string[];
  /** Whether new work is refused while the event loop is behind. Not where the process does other work, as tests do. */
  readonly refuseWhenBehind?: boolean;
}

/** Decides what may be done for whom: by what each client has left, and by whether the server keeps up at all. */
export class Gate {
  readonly #clients: Clients;
  readonly #budgets: Budgets;
  readonly #lateness: Lateness | undefined;
  readonly #named = new WeakMap<IncomingMessage, string>();

  constructor({ rateLimit, trustedProxies, refuseWhenBehind = false }: GateOptions) {
    this.#lateness = refuseWhenBehind ? new Lateness() : undefined;
    this.#clients = new Clients(trustedProxies);
    this.#budgets = new Budgets(rateLimit);
  }

  /** Who is counted for a request: whoever it is known to be from, otherwise its address. */
  clientOf(request: IncomingMessage): string {
    const known = request.headers.authorization === undefined ? undefined : this.#named.get(request);
    return known ?? this.#clients.nameOf(request);
  }

  /** Counts what is done for a request from now on for somebody of that name, wherever it comes from. */
  countFor(request: IncomingMessage, name: string): void {
    this.#named.set(request, name);
  }

  /** Counts that a client asks. Rejects as `Budgets.take` does; stored bytes cost no more. */
  admit(request: IncomingMessage): Promise<unknown> | undefined {
    return this.#budgets.take(this.clientOf(request), REQUEST_COST);
  }

  /**
   * Takes the cost of new work, before it is begun. Resolves with from when the work counts as waiting, for `inTurn`: later for
   * clients that have caused much. Throws, or rejects with, a `GraphQLError` of status 429 or 503.
   */
  async charge(request: IncomingMessage, cost: number): Promise<number> {
    this.#lateness?.check();
    const asked = performance.now();
    const caused = (await this.#budgets.take(this.clientOf(request), cost)) ?? 0;
    return asked + Math.min(MAX_LATER_MS, Math.max(0, caused - FAIR_COST) * LATER_MS_PER_COST);
  }

  /** After work that was charged at `taken` and has cost `used`: see `Budgets.settle`. */
  settle(request: IncomingMessage, taken: number, used: number): void {
    this.#budgets.settle(this.clientOf(request), taken, used);
  }

  left(request: IncomingMessage): Promise<Budget | undefined> {
    return this.#budgets.left(this.clientOf(request));
  }

  get totals(): CostTotals {
    return this.#budgets.totals;
  }

  close(): void {
    this.#lateness?.stop();
  }
}
