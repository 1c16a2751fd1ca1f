import { AnswerText, type Write } from "./answer-text.ts";

/**
 * A number for an entity, its own among those of its type, when what is written of its constant fields
 * (`extensions.isConstant`) may be kept; `undefined` for all else.
 */
export type KeyOf = (source: unknown) => number | undefined;

/** How many entities' texts are kept for each selection, a power of two; some hundred bytes each. */
const KEPT_TEXTS = 1024;

/**
 * Keeps what was written of entities of which nothing but constant fields is selected, such as the slug and the
 * name of a skill: written once, it is a text to append. Each entity has one place, which it shares with those
 * whose numbers differ by a multiple of `KEPT_TEXTS`.
 */
export function constantWriter(write: Write, keyOf: KeyOf): Write {
  let revision = -1;
  let keys = new Int32Array(0);
  let texts: string[] = [];
  return (source, to) => {
    const key = keyOf(source);
    if (key === undefined) return write(source, to);
    if (to.execution.revision !== revision) {
      revision = to.execution.revision;
      keys = new Int32Array(KEPT_TEXTS).fill(-1);
      texts = new Array(KEPT_TEXTS);
    }
    const place = key & (KEPT_TEXTS - 1);
    if (keys[place] !== key) {
      const own = new AnswerText(to.execution);
      write(source, own);
      const text = own.finish();
      if (typeof text !== "string") throw new TypeError("expected constant fields to be at hand");
      keys[place] = key;
      texts[place] = text;
    }
    to.text += texts[place]!;
  };
}
