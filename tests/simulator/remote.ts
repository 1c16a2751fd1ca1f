import type { OpenedTables } from "../../src/store/open-tables.ts";
import type { GraphRows } from "../../src/store/rows/graph-rows.ts";
import { type GraphTables, REVISION_CHANNEL, type TableReader } from "../../src/store/rows/graph-tables.ts";
import * as tables from "./database.ts";
import { type Process, plan } from "./events.ts";
import type { Faults, Message } from "./faults.ts";

/** A database server, and how processes reach it: every statement is a message there and an answer back. */

/** The error of a connection that was lost, or cannot be had. */
class Unreachable extends Error {
  readonly code = "P1017";
}

type Edit = (state: tables.State) => tables.State;

class Connection {
  /** What its transaction has changed, to be committed. */
  edits: Edit[] = [];
  tells: number[] = [];
  /** The state that all statements of a REPEATABLE READ transaction see, from the first on. */
  seen: tables.State | undefined;
  /** What its last statement saw: made of what was committed then, by so many edits. */
  view: { readonly of: tables.State; readonly edits: number; readonly state: tables.State } | undefined;
  isLost = false;
  constructor(
    readonly process: Process,
    readonly isRepeatable = false,
  ) {}
}

interface Listener {
  readonly process: Process;
  readonly onNotified: (message: string) => void;
  readonly onLost: () => void;
}

export class Database {
  committed = tables.EMPTY;
  /** Is told of each message that arrives, and of its sender. */
  onMessage: (message: Message, sender: Process) => void = () => {};
  /** How many committed states there were whose writer had waited for its turn. */
  waits = 0;
  lostNotifications = 0;
  /** Its answers are events of those who asked. */
  readonly #process: Process = { name: "database", settlesNothing: true, isDead: false, frozenUntil: 0 };
  readonly #faults: Faults;
  readonly #onCommit: (state: tables.State) => void;
  #isUp = true;
  #holder: Connection | undefined;
  #waiting: { readonly connection: Connection; readonly grant: () => void }[] = [];
  #connections = new Set<Connection>();
  #listeners = new Set<Listener>();

  constructor(faults: Faults, onCommit: (state: tables.State) => void) {
    this.#faults = faults;
    this.#onCommit = onCommit;
  }

  /** What a process opens its store on. */
  connect(process: Process): OpenedTables {
    const once = () => new Connection(process);
    const revisions = {
      findMany: ({
        where: { number },
        take,
      }: {
        where: { number: { gt: number; lte: number } };
        take: number;
      }) =>
        this.#ask(once(), "log", (state) =>
          state.revisions
            .filter((each) => each.number > number.gt && each.number <= number.lte)
            .slice(0, take),
        ),
    };
    return {
      ...{ kind: "postgresql", isShared: true, tables: this.#tables(process) },
      // Has nothing but what the followers of a graph read.
      prisma: Object.assign(Object.create(null), { revision: revisions }),
      listen: (channel, onNotified, onLost) => this.#listen(process, channel, onNotified, onLost),
      close: async () => {},
    };
  }

  /** The rows as a statement of its own reads them. */
  rows(process: Process): Promise<GraphRows> {
    return this.#ask(new Connection(process), "write", tables.readRows);
  }

  /** All connections are lost, with what was not committed, until `start`. */
  kill(): void {
    this.#isUp = false;
    for (const connection of this.#connections) this.#lose(connection);
    for (const listener of this.#listeners) this.#loseListener(listener);
  }

  start(): void {
    this.#isUp = true;
  }

  /** The connections of a process that has died are noticed, after all that was on its way. */
  leave(process: Process): void {
    for (const listener of this.#listeners)
      if (listener.process === process) this.#listeners.delete(listener);
    const connections = [...this.#connections].filter((each) => each.process === process);
    plan(this.#process, this.#faults.longest(), () => {
      for (const connection of connections) this.#lose(connection);
    });
  }

  /** The connections by which servers are told are lost. */
  loseListeners(): void {
    for (const listener of this.#listeners) this.#loseListener(listener);
  }

  #loseListener(listener: Listener): void {
    this.#listeners.delete(listener);
    // Not every loss is noticed: a network may fall silent.
    if (this.#faults.isNoticed()) plan(listener.process, this.#faults.delay("news"), listener.onLost);
  }

  #tables(process: Process): GraphTables {
    return {
      ...this.#reader(() => new Connection(process)),
      atOneState: (read) =>
        this.#transact(new Connection(process, true), (connection) => read(this.#reader(() => connection))),
      transaction: (write) =>
        this.#transact(new Connection(process), (connection) => {
          const ask = <Answer>(message: Message, answer: (state: tables.State) => Answer) =>
            this.#ask(connection, message, answer);
          const change = (message: Message, edit: Edit) =>
            this.#ask(connection, message, () => {
              connection.edits.push(edit);
              try {
                this.#view(connection);
              } catch (error) {
                connection.edits.pop();
                throw error;
              }
            });
          return write({
            ...this.#reader(() => connection),
            takeTurn: () => this.#takeTurn(connection),
            before: () => ask("write", tables.readBefore),
            highestIds: () => ask("write", tables.readHighestIds),
            overwritten: () => ask("write", tables.readOverwritten),
            keepOutcome: (once, outcome) =>
              change("write", (state) => tables.keepOutcome(state, once, outcome)),
            // Nobody proposes anything here.
            acceptProposal: () => Promise.resolve(undefined),
            deleteRows: (changes) => change("write", (state) => tables.deleteRows(state, changes)),
            insert: async (inserted) => {
              await change("write", (state) => tables.insert(state, inserted));
              connection.tells.push(inserted.revision.number);
            },
          });
        }),
    };
  }

  #reader(connection: () => Connection): TableReader {
    const ask = <Answer>(message: Message, answer: (state: tables.State) => Answer) =>
      this.#ask(connection(), message, answer);
    return {
      revision: () => ask("look", tables.revisionOf),
      changedOwners: (after, most) => ask("look", (state) => tables.readChangedOwners(state, after, most)),
      snapshot: () => ask("look", tables.readSnapshot),
      firstOutcome: (once) => ask("write", (state) => tables.readFirstOutcome(state, once)),
    };
  }

  async #transact<Result>(
    connection: Connection,
    run: (connection: Connection) => Promise<Result>,
  ): Promise<Result> {
    await this.#ask(connection, "write", () => {
      this.#connections.add(connection);
    });
    let result: Result;
    try {
      result = await run(connection);
    } catch (error) {
      await this.#ask(connection, "write", () => this.#end(connection)).catch(() => {});
      throw error;
    }
    await this.#ask(connection, "commit", () => this.#commit(connection));
    return result;
  }

  #commit(connection: Connection): void {
    const { edits, tells } = connection;
    try {
      if (edits.length > 0) {
        this.committed = this.#view(connection);
        this.#onCommit(this.committed);
      }
    } finally {
      this.#end(connection);
    }
    for (const revision of tells)
      for (const { process, onNotified } of this.#listeners)
        if (this.#faults.isTold())
          plan(process, this.#faults.delay("news"), () => onNotified(String(revision)));
        else this.lostNotifications++;
  }

  /** Ends a transaction, committed or not. */
  #end(connection: Connection): void {
    connection.edits = [];
    this.#connections.delete(connection);
    this.#waiting = this.#waiting.filter((waiting) => waiting.connection !== connection);
    if (this.#holder !== connection) return;
    const next = this.#waiting.shift();
    this.#holder = next?.connection;
    next?.grant();
  }

  #lose(connection: Connection): void {
    if (!this.#connections.has(connection)) return;
    connection.isLost = true;
    this.#end(connection);
  }

  #takeTurn(connection: Connection): Promise<void> {
    return new Promise((resolve, reject) => {
      const answer = () => this.#answer(connection, "write", resolve, reject, undefined);
      this.#send(connection, "write", reject, () => {
        if (this.#holder === undefined || this.#holder === connection) {
          this.#holder = connection;
          answer();
        } else {
          this.waits++;
          this.#waiting.push({ connection, grant: answer });
          // Who waits hears of the end of its connection, too.
          plan(this.#process, this.#faults.patience(), () => connection.isLost && answer());
        }
      });
    });
  }

  #ask<Answer>(
    connection: Connection,
    message: Message,
    answer: (state: tables.State) => Answer,
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#send(connection, message, reject, () => {
        let given: Answer;
        try {
          given = answer(this.#view(connection));
        } catch (error) {
          plan(connection.process, this.#faults.delay(message), () => reject(error));
          return;
        }
        this.#answer(connection, message, resolve, reject, given);
      });
    });
  }

  /** What a statement sees: all that is committed (or was, when a repeatable transaction began), and its own changes. */
  #view(connection: Connection): tables.State {
    if (connection.isRepeatable) connection.seen ??= this.committed;
    const { edits } = connection;
    const of = connection.seen ?? this.committed;
    if (edits.length === 0) return of;
    const last = connection.view?.of === of ? connection.view : { edits: 0, state: of };
    const state = edits.slice(last.edits).reduce((before, edit) => edit(before), last.state);
    connection.view = { of, edits: edits.length, state };
    return state;
  }

  #send(connection: Connection, message: Message, reject: (error: Error) => void, arrive: () => void): void {
    plan(this.#process, this.#faults.delay(message), () => {
      if (this.#isUp && !connection.isLost) {
        arrive();
        this.onMessage(message, connection.process);
      } else
        plan(connection.process, this.#faults.delay(message), () =>
          reject(new Unreachable("connection lost")),
        );
    });
  }

  #answer<Answer>(
    connection: Connection,
    message: Message,
    resolve: (answer: Answer) => void,
    reject: (error: Error) => void,
    answer: Answer,
  ): void {
    plan(connection.process, this.#faults.delay(message), () => {
      // What was done before a connection was lost may be answered or not.
      if (!connection.isLost && (this.#isUp || this.#faults.isNoticed())) resolve(answer);
      else reject(new Unreachable("connection lost"));
    });
  }

  #listen(process: Process, channel: string, onNotified: Listener["onNotified"], onLost: () => void) {
    if (channel !== REVISION_CHANNEL) throw new Error(`expected ${REVISION_CHANNEL}, got ${channel}`);
    const listener = { process, onNotified, onLost };
    return this.#ask(new Connection(process), "news", () => {
      this.#listeners.add(listener);
      return async () => {
        this.#listeners.delete(listener);
      };
    });
  }
}
