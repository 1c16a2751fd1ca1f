import type { GraphSnapshot } from "../../src/store/snapshot/graph-snapshot.ts";
import { contentsOf, Model } from "./model.ts";
import type { Operation, Written } from "./operations.ts";

/** What must be true of all that happens, by the sequential model: the operations in the order of their revisions. */
export class Checks {
  readonly faults: string[] = [];
  /** The graph at each revision. */
  readonly #models: Model[];
  /** The revision of each operation that was committed. */
  readonly #revisions = new Map<string, number>();
  readonly #operations: ReadonlyMap<string, Operation>;
  /** The revision that each server was last seen at. */
  readonly #servers = new Map<string, number>();

  /** `first`: the graph at revision 1; revision 0 is the empty one. */
  constructor(first: Model, operations: ReadonlyMap<string, Operation>) {
    this.#models = [new Model(new Map()), first];
    this.#operations = operations;
  }

  get revision(): number {
    return this.#models.length - 1;
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  /** A revision was committed: it must be what the operation makes of the one before, and the operation's first. */
  committed(number: number, reason: string | null): void {
    if (number === 1) return;
    const operation = this.#operations.get(reason ?? "");
    if (operation === undefined) {
      this.fault(`revision ${number} is of no operation`);
      return;
    }
    const { id, steps, key } = operation;
    if (number !== this.revision + 1) this.fault(`revision ${number} came after ${this.revision}`);
    const isDone = (other: string) => key !== undefined && this.#operations.get(other)?.key === key;
    if (this.#revisions.has(id)) this.fault(`${id} was done twice`);
    else if ([...this.#revisions.keys()].some(isDone)) this.fault(`the key of ${id} was used twice`);
    const after = this.#models.at(-1)!.after(steps);
    if (typeof after === "string") this.fault(`${id} was done at revision ${number}, although ${after}`);
    this.#models.push(typeof after === "string" ? this.#models.at(-1)! : after);
    this.#revisions.set(id, number);
  }

  /** A snapshot must be what the model is at its revision, and of no earlier one than the server's last. */
  snapshot(who: string, snapshot: GraphSnapshot): void {
    const { revision } = snapshot;
    const last = this.#servers.get(who) ?? 0;
    if (revision < last) this.fault(`${who} went back from revision ${last} to ${revision}`);
    this.#servers.set(who, revision);
    const expected = this.#models[revision]?.contents;
    if (expected === undefined) {
      this.fault(`${who} is at revision ${revision}, which is not there`);
      return;
    }
    const contents = contentsOf(snapshot);
    if (contents !== expected)
      this.fault(`${who} at revision ${revision} says\n${contents}\nand should say\n${expected}`);
  }

  /** The answer to an operation, sent when the graph was at a revision. */
  answered({ id, steps, key, expectedRevision }: Operation, sentAt: number, written: Written): void {
    if (written === "UNAVAILABLE") return;
    const done = this.#revisions.get(id);
    const between = this.#models.slice(sentAt);
    if ("outcome" in written) {
      const { revision, changes } = written.outcome;
      if (changes.length > 0 && done !== revision) {
        this.fault(`${id} was acknowledged as revision ${revision}, it is ${done ?? "none"}`);
        return;
      }
      if (changes.length > 0) return;
      const then = this.#models[revision];
      const after = then?.after(steps);
      if (!(after instanceof Model) || after.contents !== then?.contents)
        this.fault(`${id} was acknowledged without a change at revision ${revision}`);
      return;
    }
    const { refusal } = written;
    if (done !== undefined) this.fault(`${id} was refused as ${refusal}, and is revision ${done}`);
    const isRight = {
      CONFLICT: () =>
        expectedRevision === undefined
          ? between.length > 1
          : between.length > 1 || expectedRevision !== sentAt,
      KEY_REUSED: () => [...this.#operations.values()].some((other) => other.id !== id && other.key === key),
      UNLEARNABLE: () => between.some((model) => model.after(steps) === "UNLEARNABLE"),
      UNKNOWN: () => between.some((model) => model.namesWrongly(steps) === "UNKNOWN"),
      TAKEN: () => between.some((model) => model.namesWrongly(steps) === "TAKEN"),
    }[refusal];
    if (!isRight()) this.fault(`${id} was refused as ${refusal} without a reason`);
  }
}
