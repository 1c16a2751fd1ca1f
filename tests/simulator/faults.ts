import type { Random } from "./random.ts";

/** Within so many milliseconds operations begin and things go wrong. */
export const BUSY_MS = 40;
/** When everything is over that can go wrong. */
export const CALM_MS = 200;

/**
 * What a message is for. `look`: a server asks for what is new. `log`: it reads the log for a subscriber. `write`, `commit`:
 * of a write. `news`: the database tells of a revision. `client`: between clients and servers.
 */
export type Message = "look" | "log" | "write" | "commit" | "news" | "client";

/** What is slow, in the likelihood of each: looking and committing are what others get in between. */
const SLOW: readonly Message[] = [
  ...(["look", "look", "look", "log", "commit", "commit"] as const),
  ...(["write", "news", "client"] as const),
];
/** How many of them are slow in one schedule: where everything is, nothing gets in between. */
const SLOW_KINDS = [0, 1, 1, 1, 1, 2];

/** What goes wrong in one schedule, and how long everything takes. Times in milliseconds. */
export class Faults {
  /** Nothing goes wrong: messages take a millisecond at most, and all arrive. */
  readonly isCalm: boolean;
  readonly serverKills: number;
  readonly databaseKills: number;
  readonly freezes: number;
  readonly listenerLosses: number;
  readonly #random: Random;
  readonly #slow: ReadonlySet<Message>;
  /** The part of slow messages that are. */
  readonly #slowPart: number;
  readonly #untold: number;
  readonly #unanswered: number;
  #isOver = false;

  constructor(random: Random) {
    this.#random = random;
    this.isCalm = random.chance(0.1);
    const upTo = (most: number) => (this.isCalm ? 0 : random.below(most + 1));
    const often = (most: number) => (this.isCalm || random.chance(0.4) ? 0 : random.between(0, most));
    this.serverKills = upTo(2);
    this.databaseKills = random.chance(0.5) ? upTo(1) : 0;
    this.freezes = upTo(2);
    this.listenerLosses = upTo(1);
    const kinds = this.isCalm ? 0 : random.pick(SLOW_KINDS);
    this.#slow = new Set(Array.from({ length: kinds }, () => random.pick(SLOW)));
    this.#slowPart = random.next();
    this.#untold = often(0.6);
    this.#unanswered = often(0.3);
  }

  /** From here on nothing goes wrong any more. */
  end(): void {
    this.#isOver = true;
  }

  /** How long a message takes. Each takes its own time, so that they overtake one another. */
  delay(message: Message): number {
    if (this.#isOver || !this.#slow.has(message) || !this.#random.chance(this.#slowPart))
      return this.#random.between(0.1, 1);
    return this.#random.between(1, this.#random.chance(0.05) ? 3_000 : 60);
  }

  /** Longer than nearly every message takes. */
  longest(): number {
    return 70;
  }

  /** How long a writer waits for its turn until it looks whether its connection is there. */
  patience(): number {
    return 500;
  }

  /** Whether a notification arrives. */
  isTold(): boolean {
    return this.#isOver || !this.#random.chance(this.#untold);
  }

  /** Whether an answer to a client arrives. */
  isAnswered(): boolean {
    return this.#isOver || !this.#random.chance(this.#unanswered);
  }

  /** Whether the loss of a connection is noticed at once. */
  isNoticed(): boolean {
    return this.#random.chance(0.5);
  }
}
