import type { Random } from "./random.ts";

/** What goes wrong in one schedule, and how long everything takes. Times in milliseconds. */
export class Faults {
  /** Nothing goes wrong: messages take a millisecond at most, and all arrive. */
  readonly isCalm: boolean;
  readonly serverKills: number;
  readonly databaseKills: number;
  readonly freezes: number;
  readonly listenerLosses: number;
  readonly #random: Random;
  readonly #slow: number;
  readonly #untold: number;
  readonly #unanswered: number;
  #isOver = false;

  constructor(random: Random) {
    this.#random = random;
    this.isCalm = random.chance(0.25);
    const upTo = (most: number) => (this.isCalm ? 0 : random.below(most + 1));
    const often = (most: number) => (this.isCalm || random.chance(0.4) ? 0 : random.between(0, most));
    this.serverKills = upTo(2);
    this.databaseKills = random.chance(0.5) ? upTo(1) : 0;
    this.freezes = upTo(2);
    this.listenerLosses = upTo(1);
    this.#slow = often(0.1);
    this.#untold = often(0.6);
    this.#unanswered = often(0.3);
  }

  /** From here on nothing goes wrong any more. */
  end(): void {
    this.#isOver = true;
  }

  /** How long a message takes. Each takes its own time, so that they overtake one another. */
  delay(): number {
    if (this.#isOver || !this.#random.chance(this.#slow)) return this.#random.between(0.1, 1);
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
