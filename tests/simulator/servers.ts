import { openTables } from "../../src/store/open-tables.ts";
import type { Store } from "../../src/store/store.ts";
import { type Process, plan } from "./events.ts";
import type { Faults } from "./faults.ts";
import type { Database } from "./remote.ts";

/** How long a server takes to start again after its death, and to try again where the database is away. */
const RESTART_MS = 30;

/** What a client gets where no answer comes. */
export const NO_ANSWER = Symbol("no answer");

/** A server: a process with a store of its own, which dies and is started again. */
export class Server {
  store: Store | undefined;
  process: Process;
  readonly #name: string;
  readonly #database: Database;
  readonly #faults: Faults;
  readonly #onAdvance: (server: Server, store: Store) => void;
  #pending = new Set<() => void>();

  constructor(
    name: string,
    database: Database,
    faults: Faults,
    onAdvance: (server: Server, store: Store) => void,
  ) {
    this.#name = name;
    this.#database = database;
    this.#faults = faults;
    this.#onAdvance = onAdvance;
    this.process = this.#begin(0);
  }

  get name(): string {
    return this.#name;
  }

  /** Ends at once. Who waits for an answer hears of it. */
  kill(): void {
    this.process.isDead = true;
    this.store = undefined;
    this.#database.leave(this.process);
    const pending = [...this.#pending];
    this.#pending.clear();
    for (const reset of pending) reset();
    this.process = this.#begin(RESTART_MS);
  }

  freeze(untilMs: number): void {
    this.process.frozenUntil = untilMs;
  }

  /** Sends a request from a client. What it rejects with is an answer as well. */
  ask<Answer>(client: Process, run: (store: Store) => Promise<Answer>): Promise<Answer | typeof NO_ANSWER> {
    const { process } = this;
    return new Promise((resolve, reject) => {
      const answer = (give: () => void) => {
        this.#pending.delete(reset);
        const isAnswered = this.#faults.isAnswered();
        plan(client, this.#faults.delay("client"), isAnswered ? give : () => resolve(NO_ANSWER));
      };
      const reset = () => plan(client, this.#faults.delay("client"), () => resolve(NO_ANSWER));
      this.#pending.add(reset);
      plan(process, this.#faults.delay("client"), () => {
        if (this.store === undefined) return answer(() => resolve(NO_ANSWER));
        run(this.store).then(
          (given) => answer(() => resolve(given)),
          (error: unknown) => answer(() => reject(error)),
        );
      });
    });
  }

  #begin(inMs: number): Process {
    const process = { name: this.#name, isDead: false, frozenUntil: 0 };
    const open = () => {
      openTables(this.#database.connect(process)).then(
        (store) => {
          this.store = store;
          store.onAdvance(() => this.#onAdvance(this, store));
          this.#onAdvance(this, store);
        },
        () => plan(process, RESTART_MS, open),
      );
    };
    plan(process, inMs, open);
    return process;
  }
}
