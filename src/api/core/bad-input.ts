import { GraphQLError } from "graphql";
import { isStorable } from "../../loaders/storable-text.ts";
import { MAX_SEARCH_LENGTH } from "../limits.ts";

/** What was wrong with an argument. */
export interface Fault {
  /** The path of the argument, such as `filter.minHours`. */
  readonly argument: string;
  /** What it has to be. */
  readonly expected: string;
  /** What came, as the client wrote it. */
  readonly received: string | number;
}

/** Enough of a value to recognise it by. */
const SHOWN_LETTERS = 100;

/** A value as an error message shows it. */
export function shown(value: string | number): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(value.length > SHOWN_LETTERS ? `${value.slice(0, SHOWN_LETTERS)}…` : value);
}

/**
 * The error of a field that has no union of results, for an argument that GraphQL's own types let pass:
 * `extensions.code` is BAD_USER_INPUT, and `argument` and `expected` stand beside it.
 */
export function badInput({ argument, expected, received }: Fault): GraphQLError {
  return new GraphQLError(`Expected ${argument} to be ${expected}, got ${shown(received)}.`, {
    extensions: { code: "BAD_USER_INPUT", argument, expected },
  });
}

/** Throws `badInput` unless a text can be searched for: it is short, and one that a database can hold. */
export function checkText(argument: string, text: string): void {
  if (text.length > MAX_SEARCH_LENGTH)
    throw badInput({
      argument,
      expected: `at most ${MAX_SEARCH_LENGTH} letters`,
      received: `${text.length} letters`,
    });
  if (!isStorable(text))
    throw badInput({ argument, expected: "without U+0000 and lone surrogates", received: text });
}

/** Throws `badInput` unless a whole number lies between two others, both included. */
export function checkRange(argument: string, value: number, least: number, most: number): void {
  if (value < least || value > most)
    throw badInput({ argument, expected: `between ${least} and ${most}`, received: value });
}

/** Throws `badInput` unless a list has at most so many entries. */
export function checkCount(argument: string, list: readonly unknown[], limit: number): void {
  if (list.length > limit)
    throw badInput({ argument, expected: `at most ${limit} entries`, received: `${list.length} entries` });
}
