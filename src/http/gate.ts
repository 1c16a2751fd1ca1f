import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { inTurn } from "../workers/slices.ts";
import { type Budget, Budgets, type CostTotals } from "./budgets.ts";
import { Clients } from "./clients.ts";
import { Lateness } from "./lateness.ts";
import {
  BYTES_SENT_PER_COST,
  FAIR_COST,
  LATER_MS_PER_COST,
  MAX_HEAVY_CLIENTS,
  MAX_LATER_MS,
  RATE_WINDOW_SECONDS,
  REQUEST_COST,
} from "./limits.ts";

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
  /** Of clients that have caused much: from when their last work counts as waiting, and until when others go first. */
  readonly #heavy = new LRUCache<string, { since: number; until: number }>({ max: MAX_HEAVY_CLIENTS });
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

  /**
   * Counts that a client asks. Resolves when its turn has come, or it has left: at once, but for clients that have caused much.
   * Rejects as `Budgets.take` does.
   */
  admit(request: IncomingMessage, response?: ServerResponse): Promise<void> | undefined {
    const client = this.clientOf(request);
    return this.#budgets.take(client, REQUEST_COST)?.then((caused) => {
      // What is stored is sent without further ado, and a client may ask for nothing else.
      if (this.#isHeavy(client, caused, REQUEST_COST))
        return inTurn(() => {}, this.#waitingSince(client, REQUEST_COST), response && signalOf(response));
    });
  }

  /** Counts the bytes of an answer. The first are paid with the request. */
  countSent(request: IncomingMessage, bytes: number): void {
    const cost = Math.floor(bytes / BYTES_SENT_PER_COST) - REQUEST_COST;
    if (cost > 0) this.settle(request, 0, cost);
  }

  /**
   * Takes the cost of new work, before it is begun. Resolves with from when the work counts as waiting, for `inTurn`: later for
   * clients that have caused much, and otherwise `asked`. Throws, or rejects with, a `GraphQLError` of status 429 or 503.
   */
  async charge(request: IncomingMessage, cost: number, asked = performance.now()): Promise<number> {
    this.#lateness?.check();
    const client = this.clientOf(request);
    const caused = (await this.#budgets.take(client, cost)) ?? 0;
    return this.#isHeavy(client, caused, cost) ? this.#waitingSince(client, cost) : asked;
  }

  /** After work that was charged at `taken` and has cost `used`: see `Budgets.settle`. */
  settle(request: IncomingMessage, taken: number, used: number): void {
    const client = this.clientOf(request);
    this.#budgets.settle(client, taken, used);
    const heavy = this.#heavy.get(client);
    if (heavy !== undefined) heavy.since += laterMs(used) - laterMs(taken);
  }

  left(request: IncomingMessage): Promise<Budget | undefined> {
    return this.#budgets.left(this.clientOf(request));
  }

  get totals(): CostTotals {
    return this.#budgets.totals;
  }

  /**
   * Whether a client that has caused so much in this minute, with work at this cost, lets others go first: for a minute from then
   * on. Work that has not begun counts only by itself: most costs much less than it might.
   */
  #isHeavy(client: string, caused: number, cost: number): boolean {
    const now = performance.now();
    const heavy = this.#heavy.get(client);
    if (Math.max(caused - cost, cost) <= FAIR_COST) return heavy !== undefined && heavy.until > now;
    const until = now + 1_000 * RATE_WINDOW_SECONDS;
    if (heavy === undefined) this.#heavy.set(client, { since: now, until });
    else heavy.until = until;
    return true;
  }

  /** From when new work of a heavy client counts as waiting: one piece after the other. */
  #waitingSince(client: string, cost: number): number {
    const now = performance.now();
    const heavy = this.#heavy.get(client);
    if (heavy === undefined) return now;
    heavy.since = Math.max(now, heavy.since) + laterMs(cost);
    return heavy.since;
  }

  close(): void {
    this.#lateness?.stop();
  }
}

/** Aborted when there is nobody to answer. With a reason that is made once: the usual one is an error with its stack each time. */
function signalOf(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  if (response.destroyed) left.abort(NOBODY_WAITS);
  response.once("close", () => left.abort(NOBODY_WAITS));
  return left.signal;
}

const NOBODY_WAITS = "Nobody waits for the answer any more.";

/** How much later work counts as waiting, in milliseconds. */
function laterMs(cost: number): number {
  return Math.min(MAX_LATER_MS, cost * LATER_MS_PER_COST);
}
