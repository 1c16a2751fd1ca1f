import { AnswerText, takeRoom, type Write } from "./answer-text.ts";
import { KEPT_TEXTS, MAX_KEPT_LENGTH } from "./constant-selections.ts";
import { flatText } from "./flat-text.ts";
import { TextRoom } from "./text-room.ts";

/** For how many fields of different keys or selections texts are kept. */
const MAX_FIELDS = 64;

/** The index in the prerequisite graph of the entity that is a field's value, or those of its list. */
export type OwnersOf = (source: unknown, context: unknown) => number | readonly number[];

/** A field whose value is an owner, or a list of owners, of which nothing but constant fields is selected. */
export interface OwnerField {
  /** The key, with what is before it. */
  readonly before: string;
  readonly isList: boolean;
  readonly ownersOf: OwnersOf;
  /** Writes the field, its key included, without what is kept. */
  readonly writeField: Write;
  /** The value of the field. */
  readonly resolve: (source: unknown, to: AnswerText) => unknown;
  /** Writes an entity that the value is or has. */
  readonly writeEntity: Write;
}

/** What is kept of one field: an owner's texts stand in the place of the last bits of its index. */
class Kept {
  revision = -1;
  owners = new Int32Array(0);
  /** The text of an entity. */
  entities: string[] = [];
  /** The text of a field that has this entity and no other, its key included. */
  fields: string[] = [];

  begin(revision: number): void {
    this.revision = revision;
    this.owners = new Int32Array(KEPT_TEXTS).fill(-1);
    this.entities = new Array(KEPT_TEXTS);
    this.fields = new Array(KEPT_TEXTS);
  }

  forget(): void {
    this.revision = -1;
    this.owners = new Int32Array(0);
    this.entities = [];
    this.fields = [];
  }
}

/**
 * The texts of fields such as `requiredBy { slug }`, which most often have one entity: for a revision one text to append, found
 * by an index, without a handle, a list or the call of a resolver. Shared by the operations that select the same.
 */
export class OwnerTexts {
  private readonly fields = new Map<string, Kept>();
  private readonly room = new TextRoom();

  /** Writes a field that selects `selection`; as `writeField` does where there is no room for the selection. */
  writer(selection: string, field: OwnerField): Write {
    const name = `${field.before} ${field.isList} ${selection}`;
    let kept = this.fields.get(name);
    if (kept === undefined) {
      if (this.fields.size === MAX_FIELDS) return field.writeField;
      kept = new Kept();
      this.fields.set(name, kept);
      this.room.add(kept);
    }
    return keepingWriter(field, kept, this.room);
  }
}

function keepingWriter(field: OwnerField, kept: Kept, room: TextRoom): Write {
  const { before, isList, ownersOf, writeField } = field;
  return (source, to) => {
    const { execution } = to;
    if (execution.revision !== kept.revision) kept.begin(execution.revision);
    let owners: number | readonly number[];
    try {
      owners = ownersOf(source, execution.context);
    } catch {
      // It throws again, and tells where.
      return writeField(source, to);
    }
    const text = textOf(before, kept, owners);
    if (text !== undefined) {
      if (isList) takeRoom(execution, typeof owners === "number" ? 1 : owners.length);
      to.text += text;
      return;
    }
    const errors = execution.errors.length;
    writeField(source, to);
    if (execution.errors.length === errors) keep(field, kept, room, source, owners, to);
  };
}

/** The text of a field; `undefined` where one of its entities has none. */
function textOf(before: string, kept: Kept, owners: number | readonly number[]): string | undefined {
  if (typeof owners === "number") return kept.fields[placeOf(kept, owners)];
  if (owners.length === 1) return kept.fields[placeOf(kept, owners[0]!)];
  let text = before;
  for (let at = 0; at < owners.length; at++) {
    const place = placeOf(kept, owners[at]!);
    if (place === -1) return undefined;
    text += at === 0 ? "[" : ",";
    text += kept.entities[place]!;
  }
  return text + (owners.length === 0 ? "[]" : "]");
}

/** Where the texts of an owner are; −1 when they are not. */
function placeOf({ owners }: Kept, owner: number): number {
  const place = owner & (KEPT_TEXTS - 1);
  return owners[place] === owner ? place : -1;
}

/** Keeps the texts of a field's entities. They are written once more, at no cost to the answer. */
function keep(
  { before, isList, resolve, writeEntity }: OwnerField,
  kept: Kept,
  room: TextRoom,
  source: unknown,
  owners: number | readonly number[],
  to: AnswerText,
): void {
  const value = resolve(source, to);
  const entities: readonly unknown[] = Array.isArray(value) ? value : [value];
  const indices = typeof owners === "number" ? [owners] : owners;
  indices.forEach((owner, nth) => {
    if (placeOf(kept, owner) !== -1) return;
    const own = new AnswerText({ ...to.execution, room: { left: Number.POSITIVE_INFINITY } }, to.item);
    writeEntity(entities[nth], own);
    const text = own.finish();
    if (typeof text !== "string") throw new TypeError("expected constant fields without promises");
    // Each is there twice, alone and as the field. Writing the ones before may have left no room, and these are forgotten as well.
    if (text.length > MAX_KEPT_LENGTH || !room.take(2 * text.length)) return;
    if (kept.revision !== to.execution.revision) return;
    const place = owner & (KEPT_TEXTS - 1);
    kept.owners[place] = owner;
    kept.entities[place] = flatText(text);
    kept.fields[place] = flatText(isList ? `${before}[${text}]` : before + text);
  });
}
