import {
  BREAK,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  TypeInfo,
  TypeNameMetaFieldDef,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { MAX_ENTITY_TEXT_LENGTH, MAX_ENTITY_TEXTS_LENGTH } from "../limits.ts";
import { AnswerText, type Operation, takeRoom, type Write } from "./answer-text.ts";
import type { KeyOf } from "./constant-selections.ts";
import { flatText } from "./flat-text.ts";

/** What a request reads its rows through, the same for all requests of a revision. */
export type RowSourceOf = (context: unknown) => object;

/** A text that was written, and how many fields and items of lists it has. */
interface Written {
  readonly text: string;
  readonly places: number;
}

interface Kept {
  /** By the number of the selection and the entity's key. */
  readonly texts: Map<string, Written>;
  /** How many characters they have together. */
  length: number;
}

/**
 * What was written of entities with the rows below them, such as a skill with its resources: written once for a
 * revision, it is a text to append, without a promise, a look-up or a row. A text stays with the loaders that its rows
 * came through. Whoever uses it has read rows of theirs, so it is of one revision exactly when rows are.
 *
 * An operation keeps texts from its second execution on: those that come once would fill the room with texts that nobody finds
 * again.
 */
export class EntityTexts {
  private readonly keyOf: KeyOf;
  private readonly rowSourceOf: RowSourceOf;
  private readonly kept = new WeakMap<object, Kept>();
  private selections = 0;

  constructor(keyOf: KeyOf, rowSourceOf: RowSourceOf) {
    this.keyOf = keyOf;
    this.rowSourceOf = rowSourceOf;
  }

  /** Writes what `write` does, the fields of one selection, for each entity once. */
  writer(write: Write): Write {
    const selection = this.selections++;
    /** What the first execution has and no other. */
    let first: object | undefined;
    return (source, to) => {
      const { room } = to.execution;
      first ??= room;
      const key = first === room ? undefined : this.keyOf(source);
      if (key === undefined) return write(source, to);
      const kept = this.keptFor(to.execution.context);
      const name = `${selection} ${key}`;
      const written = kept.texts.get(name);
      if (written !== undefined) {
        takeRoom(to.execution, written.places);
        to.text += written.text;
        return;
      }
      const execution = { ...to.execution, taken: 0 };
      const faults = execution.errors.length;
      const own = new AnswerText(execution, to.item);
      write(source, own);
      const done = (text: string) => {
        to.execution.taken += execution.taken;
        if (execution.errors.length === faults) keep(kept, name, { text, places: execution.taken });
        return text;
      };
      const text = own.finish();
      if (typeof text === "string") to.text += done(text);
      else to.gap(text.then(done));
    };
  }

  private keptFor(context: unknown): Kept {
    const rows = this.rowSourceOf(context);
    let kept = this.kept.get(rows);
    if (kept === undefined) {
      kept = { texts: new Map(), length: 0 };
      this.kept.set(rows, kept);
    }
    return kept;
  }
}

/** Keeps a text. When there is no room all go: what is asked for again is soon written again. */
function keep(kept: Kept, name: string, written: Written): void {
  const { length } = written.text;
  if (length > MAX_ENTITY_TEXT_LENGTH || kept.texts.has(name)) return;
  if (kept.length + length > MAX_ENTITY_TEXTS_LENGTH) {
    kept.texts.clear();
    kept.length = 0;
  }
  kept.texts.set(name, { text: flatText(written.text), places: written.places });
  kept.length += length;
}

/**
 * Whether all that is selected of an entity depends on nothing but the entity and the revision. Each field says so
 * itself (`extensions.isConstant` or `isOfRevision`), or is a column that Pothos exposes; and no argument is a variable.
 */
export function isOfRevision(
  { schema, fragments }: Operation,
  type: GraphQLObjectType,
  selected: Iterable<readonly FieldNode[]>,
): boolean {
  let holds = true;
  const seen = new Set<string>();
  const fail = () => {
    holds = false;
    return BREAK;
  };
  const look = (node: FieldNode | FragmentDefinitionNode, around?: GraphQLObjectType) => {
    const info = new TypeInfo(schema, around);
    visit(
      node,
      visitWithTypeInfo(info, {
        // Its variables have decided already what is selected.
        Directive: () => false,
        Variable: fail,
        Field: () => {
          const field = info.getFieldDef();
          return field != null && isFieldOfRevision(field) ? undefined : fail();
        },
        FragmentSpread: ({ name: { value } }) => {
          const fragment = fragments[value];
          if (fragment === undefined || seen.has(value)) return;
          seen.add(value);
          look(fragment);
        },
      }),
    );
  };
  for (const nodes of selected) for (const node of nodes) if (holds) look(node, type);
  return holds;
}

function isFieldOfRevision(field: GraphQLField<unknown, unknown>): boolean {
  const { isConstant, isOfRevision, pothosExposedField } = field.extensions;
  return (
    field === TypeNameMetaFieldDef ||
    isConstant === true ||
    isOfRevision === true ||
    typeof pothosExposedField === "string"
  );
}
