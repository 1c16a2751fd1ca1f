import { isOverdue } from "../../workers/slices.ts";
import { ROOT_FIELDS_AT_ONCE } from "../limits.ts";
import { type AnswerText, takeRoom, type Write } from "./answer-text.ts";

/**
 * Writes an answer by what writes its root fields. When many of these have taken as long as one turn of the event loop may, the rest
 * are written in later ones: sixty searches, each of half a millisecond, would keep everybody waiting.
 */
export function rootWriter(fields: readonly Write[]): Write {
  const writeFrom = (first: number, to: AnswerText) => {
    for (let f = first; f < fields.length; f++) {
      if (f >= first + ROOT_FIELDS_AT_ONCE && isOverdue()) return to.pause((later) => writeFrom(f, later));
      fields[f]!(undefined, to);
    }
    to.text += "}";
  };
  return (_root, to) => {
    takeRoom(to.execution, fields.length);
    if (fields.length === 0) to.text += "{";
    writeFrom(0, to);
  };
}
