import { type GraphQLOutputType, getNamedType, isLeafType, isNullableType } from "graphql";
import {
  type AnswerText,
  absence,
  fieldError,
  isAbsent,
  isPausing,
  isPromiseLike,
  type Place,
  takeRoom,
  type Write,
} from "./answer-text.ts";

/**
 * Writes the lists of a type at a place; `depth` counts them and the lists around them. The rest of a long one is written
 * in later turns of the event loop, one part in each; but not where its items wait for rows, which are loaded together.
 */
export function listWriter(write: Write, place: Place, depth: number, itemType: GraphQLOutputType): Write {
  const isNullable = isNullableType(itemType);
  const mayPause = !isLeafType(getNamedType(itemType));
  const writeFrom = (first: number, items: readonly unknown[], to: AnswerText) => {
    const { item: outer, execution } = to;
    const { waits } = execution.pace;
    let index = first;
    try {
      for (; index < items.length; index++) {
        if (mayPause && index > first && execution.pace.waits === waits && isPausing(execution)) {
          const rest = index;
          quiet(items, rest);
          to.item = outer;
          to.pause((later) => writeFrom(rest, items, later));
          return;
        }
        to.text += index === 0 ? "[" : ",";
        to.item = { outer, index, depth };
        const item = items[index];
        if (isPromiseLike(item)) to.later(item, write, place, isNullable);
        else write(item, to);
      }
    } catch (error) {
      quiet(items, index);
      throw error;
    }
    to.item = outer;
    to.text += items.length === 0 ? "[]" : "]";
  };
  return (value, to) => {
    const items = itemsOf(value, place, to);
    takeRoom(to.execution, items.length);
    writeFrom(0, items, to);
  };
}

/** Gives promises that nobody may wait for a handler. Without one, a promise that rejects would end the process. */
function quiet(items: readonly unknown[], from: number): void {
  for (const item of items.slice(from)) if (isPromiseLike(item)) item.then(undefined, () => {});
}

function itemsOf(value: unknown, place: Place, to: AnswerText): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isAbsent(value)) throw absence(value, place, to.item);
  try {
    if (isIterable(value)) return Array.from(value);
    const { parentType, fieldName } = place;
    throw new Error(`Expected Iterable, but did not find one for field "${parentType.name}.${fieldName}".`);
  } catch (error) {
    throw fieldError(error, place, to.item);
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
