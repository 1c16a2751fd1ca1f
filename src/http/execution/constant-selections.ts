import { AnswerText, type Write } from "./answer-text.ts";
import { flatText } from "./flat-text.ts";
import { TextRoom } from "./text-room.ts";

/**
 * A number for an entity, its own among those of its type, when what is written of its constant fields
 * (`extensions.isConstant`) may be kept; `undefined` for all else.
 */
export type KeyOf = (source: unknown) => number | undefined;

/** How many entities' texts are kept for one selection, a power of two. */
export const KEPT_TEXTS = 1024;
/** The longest text that is kept: with slug, name and id it has two hundred characters. */
export const MAX_KEPT_LENGTH = 1_000;
/** For how many different selections texts are kept. Most operations select the same few. */
const MAX_SELECTIONS = 32;

/** What is kept for one selection: an entity's text stands in the place of its key's last bits. */
class Kept {
  revision = -1;
  keys = new Int32Array(0);
  texts: string[] = [];

  begin(revision: number): void {
    this.revision = revision;
    this.keys = new Int32Array(KEPT_TEXTS).fill(-1);
    this.texts = new Array(KEPT_TEXTS);
  }

  forget(): void {
    this.revision = -1;
    this.keys = new Int32Array(0);
    this.texts = [];
  }
}

/**
 * What was written of entities of which nothing but constant fields is selected, such as the slug and the name of a
 * skill: written once for a revision, it is a text to append. Shared by the operations that select the same.
 */
export class ConstantSelections {
  private readonly keyOf: KeyOf;
  private readonly selections = new Map<string, Kept>();
  private readonly room = new TextRoom();

  constructor(keyOf: KeyOf) {
    this.keyOf = keyOf;
  }

  /** Writes what `write` does, the fields of `selection`, and keeps the text if there is room for the selection. */
  writer(selection: string, write: Write): Write {
    let kept = this.selections.get(selection);
    if (kept === undefined) {
      if (this.selections.size === MAX_SELECTIONS) return write;
      kept = new Kept();
      this.selections.set(selection, kept);
      this.room.add(kept);
    }
    return keepingWriter(write, kept, this.room, this.keyOf);
  }
}

function keepingWriter(write: Write, kept: Kept, room: TextRoom, keyOf: KeyOf): Write {
  return (source, to) => {
    const key = keyOf(source);
    if (key === undefined) return write(source, to);
    if (to.execution.revision !== kept.revision) kept.begin(to.execution.revision);
    const place = key & (KEPT_TEXTS - 1);
    if (kept.keys[place] === key) {
      to.text += kept.texts[place]!;
      return;
    }
    const { execution } = to;
    const errors = execution.errors.length;
    const own = new AnswerText(execution, to.item);
    write(source, own);
    const text = own.finish();
    if (typeof text !== "string") throw new TypeError("expected constant fields without promises");
    to.text += text;
    if (text.length > MAX_KEPT_LENGTH || execution.errors.length > errors) return;
    if (!room.take(text.length)) return;
    kept.keys[place] = key;
    kept.texts[place] = flatText(text);
  };
}
