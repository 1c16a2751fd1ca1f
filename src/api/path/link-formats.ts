import { shown } from "../core/errors.ts";
import { type LearningPathInput, WEEKDAY_FIELDS, WEEKDAYS } from "./input.ts";

/** How the parameters of links to plans are written and read. */

/** A link that makes no sense. The message is for whoever wrote it. */
export class PlanLinkError extends Error {}

/** Throws a `PlanLinkError`. */
export function refuse(expected: string, text: string): never {
  throw new PlanLinkError(`Expected ${expected}, got ${shown(text)}.`);
}

/** How the values of one type are written: as a single text, or as a list that is joined by commas. */
export interface Format<Value> {
  readonly isList: boolean;
  /** Gets at least one text. Throws PlanLinkError, with the name of the parameter. */
  readonly read: (texts: readonly string[], name: string) => Value;
  readonly write: (value: Value) => readonly string[];
}

/** A single value. */
function one<Value>(
  read: (text: string, name: string) => Value,
  write: (value: Value) => string,
): Format<Value> {
  return { isList: false, read: (texts, name) => read(texts[0]!, name), write: (value) => [write(value)] };
}

/** Values that commas join. */
export function listOf<Value>({ read, write }: Format<Value>): Format<Value[]> {
  return {
    isList: true,
    read: (texts, name) => texts.map((text) => read([text], name)),
    write: (values) => values.flatMap(write),
  };
}

/** One of some words, which links have in lower case; read in any case. */
export function word<const Word extends string>(words: readonly Word[]): Format<Word> {
  return one(
    (text, name) => oneOf(words, text, name),
    (value) => value.toLowerCase(),
  );
}

export const TEXT = one(
  (text) => text,
  (value: string) => value,
);
export const TEXTS = listOf(TEXT);
export const NUMBER = one(numberOf, String);
export const FLAG = one((text, name) => oneOf(["TRUE", "FALSE"], text, name) === "TRUE", String);

/** Skills with a percentage, such as `python:50`. */
export const LIKES = listOf(
  one(
    (text, name) => {
      const [skill, percent] = pairOf(text, name, "python:50");
      return { skill, percent };
    },
    ({ skill, percent }) => `${skill}:${percent}`,
  ),
);

/** Days with their hours, such as `monday:2,saturday:4`. */
export const WEEKDAY_HOURS: Format<NonNullable<LearningPathInput["hoursPerWeekday"]>> = {
  isList: true,
  read: (texts, name) =>
    Object.fromEntries(
      texts.map((text) => {
        const [day, hours] = pairOf(text, name, "monday:2,saturday:4");
        return [oneOf(WEEKDAYS, day, name).toLowerCase(), hours];
      }),
    ),
  write: (hours) => WEEKDAY_FIELDS.filter((day) => hours[day] != null).map((day) => `${day}:${hours[day]}`),
};

/** Ranges of days, both ends included, such as `2027-12-24..2028-01-02`, or single days. */
export const DAYS_OFF = listOf(
  one(
    (text) => {
      const [from, through = from, ...more] = text.split("..");
      if (!from || !through || more.length > 0)
        refuse("daysOff such as 2027-12-24..2028-01-02 or 2027-05-01", text);
      return { from, through };
    },
    ({ from, through }) => `${from}..${through}`,
  ),
);

function pairOf(text: string, name: string, example: string): [string, number] {
  const [key, value, ...more] = text.split(":");
  if (!key || !value || more.length > 0) return refuse(`${name} such as ${example}`, text);
  return [key, numberOf(value, name)];
}

function numberOf(text: string, name: string): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : refuse(`a number in ${name}`, text);
}

function oneOf<Word extends string>(words: readonly Word[], text: string, name: string): Word {
  const match = words.find((word) => word === text.toUpperCase());
  return match ?? refuse(`${name} to be ${words.map((word) => word.toLowerCase()).join(" or ")}`, text);
}
