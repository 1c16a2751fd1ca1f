import {
  type FieldNode,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  locatedError,
  responsePathAsArray,
} from "graphql";
import { withoutStack } from "../../api/core/without-stack.ts";
import { MAX_ANSWER_FIELDS } from "../../api/limits.ts";
import { inLaterTurn, isOverdue } from "../../workers/slices.ts";
import { RequestRefused } from "../graphql/errors.ts";
import { FIELDS_BETWEEN_LOOKS } from "../limits.ts";

/** What all resolvers of one execution share. */
export interface Execution {
  readonly context: unknown;
  /** The revision answered at: constant fields change with this number alone. */
  readonly revision: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** For each field of the operation, its arguments, once it was reached and if it takes any. */
  readonly args: (Record<string, unknown> | undefined)[];
  /** The errors of fields so far, each with its path. */
  readonly errors: GraphQLError[];
  /** How many more fields and items of lists may be written. */
  readonly room: { left: number };
  /** Since when the answer counts as waiting, at how much room the clock is looked at next, and how many values came later. */
  readonly pace: { readonly since: number; lookAt: number; waits: number };
  /** How many have been written, in this part of the answer. */
  taken: number;
}

/** Takes room for fields or items. Throws `RequestRefused`, which ends the whole execution, when there is none left. */
export function takeRoom(execution: Execution, places: number): void {
  execution.taken += places;
  execution.room.left -= places;
  if (execution.room.left >= 0) return;
  throw new RequestRefused([
    new GraphQLError(
      `Expected an answer of at most ${MAX_ANSWER_FIELDS} fields and list items, got more. Ask for smaller pages.`,
      { extensions: { code: "ANSWER_TOO_LARGE", http: { status: 400 } } },
    ),
  ]);
}

/** Whether the rest of a list is to be written in a later turn of the event loop. */
export function isPausing({ room, pace }: Execution): boolean {
  if (room.left > pace.lookAt) return false;
  // The lists around the one that pauses are to look again at once.
  if (isOverdue()) return true;
  pace.lookAt = room.left - FIELDS_BETWEEN_LOOKS;
  return false;
}

/** A field of an operation. The same for every object that the field is selected of. */
export interface Place {
  /** The field around it; `undefined` for a root field. */
  readonly parent: Place | undefined;
  readonly parentType: GraphQLObjectType;
  readonly fieldName: string;
  /** The key in the answer: the alias if there is one. */
  readonly key: string;
  readonly type: GraphQLOutputType;
  readonly nodes: readonly FieldNode[];
  /** How many lists are around the field. */
  readonly depth: number;
  readonly whole: Operation;
}

/** What is the same for all fields of an operation. */
export type Operation = Pick<GraphQLResolveInfo, "schema" | "fragments" | "operation">;

/** An item of a list that is being written. */
export interface Item {
  /** The item around the list; `undefined` for an outermost list. */
  readonly outer: Item | undefined;
  readonly index: number;
  /** How many lists the item is in. */
  readonly depth: number;
}

type Path = GraphQLResolveInfo["path"];

/** The path of a field, or of an item of its list, in the answer. O(depth). */
function pathTo(place: Place, item: Item | undefined): Path {
  if (item !== undefined && item.depth > place.depth)
    return { prev: pathTo(place, item.outer), key: item.index, typename: undefined };
  const { parent, key, parentType } = place;
  return { prev: parent && pathTo(parent, item), key, typename: parentType.name };
}

/** The error of a field with its locations and path, and the stack of the error that it is about. */
export function fieldError(error: unknown, place: Place, item: Item | undefined): GraphQLError {
  return withoutStack(() => locatedError(error, place.nodes, responsePathAsArray(pathTo(place, item))));
}

/** Whether there is no value: null, or an error that a resolver returned instead of throwing it. */
export function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value instanceof Error;
}

/** The error of a field that has no value where it may not be null. */
export function absence(value: unknown, place: Place, item: Item | undefined): GraphQLError {
  const { parentType, fieldName } = place;
  const isError = value instanceof Error;
  return fieldError(
    isError ? value : new Error(`Cannot return null for non-nullable field ${parentType.name}.${fieldName}.`),
    place,
    item,
  );
}

/**
 * The `info` of one call of a resolver. Each call has its own, since the path includes the places in lists. The
 * properties are getters, since hardly any resolver reads them: copying all ten made the core query some percent slower.
 */
export class FieldInfo implements GraphQLResolveInfo {
  private readonly place: Place;
  private readonly execution: Execution;
  private readonly item: Item | undefined;

  constructor(place: Place, execution: Execution, item: Item | undefined) {
    this.place = place;
    this.execution = execution;
    this.item = item;
  }

  get fieldName() {
    return this.place.fieldName;
  }
  get fieldNodes() {
    return this.place.nodes;
  }
  get returnType() {
    return this.place.type;
  }
  get parentType() {
    return this.place.parentType;
  }
  get path() {
    return pathTo(this.place, this.item);
  }
  get schema() {
    return this.place.whole.schema;
  }
  get fragments() {
    return this.place.whole.fragments;
  }
  get rootValue() {
    return undefined;
  }
  get operation() {
    return this.place.whole.operation;
  }
  get variableValues() {
    return this.execution.variables;
  }
}

/** Writes a value as JSON. Throws a `GraphQLError` with its path when a field in it that may not be null fails. */
export type Write = (value: unknown, to: AnswerText) => void;

/**
 * The text of an answer while it is written from left to right. Where a value comes later, a gap is left and filled
 * when it comes. Meanwhile the rest is written, so that a loader sees everything that is wanted of it in one batch.
 */
export class AnswerText {
  readonly execution: Execution;
  /** The item that is being written. */
  item: Item | undefined;
  /** What was written since the last gap. */
  text = "";
  private readonly parts: (string | Promise<string>)[] = [];

  constructor(execution: Execution, item: Item | undefined) {
    this.execution = execution;
    this.item = item;
  }

  /** What `write` writes from there on, as a text of its own. */
  private static of(
    execution: Execution,
    item: Item | undefined,
    write: (to: AnswerText) => void,
  ): string | Promise<string> {
    const text = new AnswerText(execution, item);
    write(text);
    return text.finish();
  }

  /** Leaves a gap for what `write` writes in a later turn of the event loop. */
  pause(write: (to: AnswerText) => void): void {
    const { execution, item } = this;
    const text = inLaterTurn(() => AnswerText.of(execution, item, write), execution.pace.since);
    this.gap(text.then((text) => text));
  }

  /** Leaves a gap for a value that comes later. If it never comes, the gap is null or fails, as `isNullable` says. */
  later(coming: PromiseLike<unknown>, write: Write, place: Place, isNullable: boolean): void {
    const { execution, item } = this;
    execution.pace.waits++;
    const gap = Promise.resolve(coming).then(
      (value) => AnswerText.of(execution, item, (text) => write(value, text)),
      (error: unknown) => {
        const located = fieldError(error, place, item);
        if (isNullable) return this.nullFor(located);
        throw located;
      },
    );
    this.gap(gap);
  }

  /**
   * Writes a value of a nullable type. When a field in it fails that may not be null, now or in a gap, the whole value
   * becomes null. Other faults than those of fields pass: they are faults of the compiler.
   */
  nullable(value: unknown, write: Write): void {
    const { text, item, parts } = this;
    const { length } = parts;
    try {
      write(value, this);
    } catch (error) {
      parts.length = length;
      this.item = item;
      this.text = text + this.nullFor(error);
      return;
    }
    if (parts.length === length) return;
    const inside = Promise.all([...parts.splice(length), this.text]);
    this.text = "";
    this.gap(inside.then(joined, (error: unknown) => text + this.nullFor(error)));
  }

  /** Adds an error to those of the answer and returns what stands in the place of the value. */
  nullFor(error: unknown): "null" {
    if (!(error instanceof GraphQLError)) throw error;
    this.execution.errors.push(error);
    return "null";
  }

  /** The whole text. A promise only where there are gaps. */
  finish(): string | Promise<string> {
    if (this.parts.length === 0) return this.text;
    return Promise.all([...this.parts, this.text]).then(joined);
  }

  /** Leaves a gap for a text that comes later. */
  gap(gap: Promise<string>): void {
    // A rejection is handled when the answer is finished. Until then it must not count as unhandled.
    gap.catch(() => {});
    this.parts.push(this.text, gap);
    this.text = "";
  }
}

function joined(parts: readonly string[]): string {
  return parts.join("");
}

export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  // Reading the property is several times as fast as `in` on objects of many shapes.
  return (
    typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function"
  );
}
