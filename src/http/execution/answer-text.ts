import type { GraphQLResolveInfo } from "graphql";

/** What all resolvers of one execution share. */
export interface Execution {
  readonly context: unknown;
  /** What it is answered at: constant fields change with this number alone. */
  readonly revision: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Per field of the operation, once it was reached: its arguments, where it takes any. */
  readonly args: (Record<string, unknown> | undefined)[];
  /** Per field of the operation, once it was reached: what its resolver may look up. */
  readonly infos: (GraphQLResolveInfo | undefined)[];
}

/** Writes a value as JSON. Throws when the value is not what the schema promises. */
export type Write = (value: unknown, to: AnswerText) => void;

/**
 * The text of an answer while it is written from left to right. Where a value is not there yet, a gap is left,
 * which is filled when the value comes; meanwhile the rest is written, so that loaders see all that is wanted of
 * them at once.
 */
export class AnswerText {
  readonly execution: Execution;
  /** What was written since the last gap. */
  text = "";
  private readonly parts: (string | Promise<string>)[] = [];

  constructor(execution: Execution) {
    this.execution = execution;
  }

  /** Leaves a gap for what `write` makes of a value that comes later. */
  later(coming: PromiseLike<unknown>, write: Write): void {
    const gap = Promise.resolve(coming).then((value) => {
      const text = new AnswerText(this.execution);
      write(value, text);
      return text.finish();
    });
    // It is looked at when the answer is finished; a fault elsewhere must not leave it unhandled.
    gap.catch(() => {});
    this.parts.push(this.text, gap);
    this.text = "";
  }

  /** The whole text. A promise only where there are gaps. */
  finish(): string | Promise<string> {
    if (this.parts.length === 0) return this.text;
    return Promise.all([...this.parts, this.text]).then((parts) => parts.join(""));
  }
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  // Read, not asked for with `in`: several times as fast on objects of many shapes.
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
