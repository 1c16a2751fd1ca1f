import { isStorable } from "../../store/storable-text.ts";
import { MAX_SEARCH_LENGTH } from "../limits.ts";
import { fault } from "./errors.ts";

/** Checks of arguments. Each throws ValidationError, which names the argument, what it has to be and what came. */

/** Checks that a number is neither below `least` nor above `most`. */
export function checkRange(argument: string, value: number, least: number, most: number): void {
  if (value < least || value > most) throw fault(argument, `between ${least} and ${most}`, value);
}

/** Checks that a list has at most `most` entries, and at least `least`. */
export function checkCount(argument: string, list: readonly unknown[], most: number, least = 0): void {
  if (list.length >= least && list.length <= most) return;
  const expected = least === 0 ? `a list of at most ${most}` : `a list of ${least} to ${most}`;
  throw fault(argument, expected, `${list.length} entries`);
}

/** Checks that a text can be searched for: it is short, and the database can hold it. */
export function checkText(argument: string, text: string): void {
  if (text.length > MAX_SEARCH_LENGTH)
    throw fault(argument, `at most ${MAX_SEARCH_LENGTH} letters`, `${text.length} letters`);
  if (!isStorable(text)) throw fault(argument, "without U+0000 and lone surrogates", text);
}

/** The argument that says how many to return; `checkRange` checks it. */
export function howMany(defaultValue: number, least: number, most: number) {
  return {
    required: true,
    defaultValue,
    description: `How many to return, from ${least} to ${most}.`,
  } as const;
}
