import { isMapping } from "../../seeding/schema-faults.ts";
import { membersOf, schemaOf } from "../../seeding/written-row.ts";
import { ENTITIES } from "../../store/rows/entities.ts";
import type { EntityKind } from "../core/entity.ts";
import type { FileValues } from "./given-values.ts";
import { type Field, fieldsOfEntity, inputName, inputOf } from "./row-inputs.ts";

/**
 * Lists whose items are told apart by what they name. Single items can be added and removed, so that two who do that at
 * the same time both get what they want: whoever sends a whole list undoes what others have added to it.
 */
const SETS: Readonly<Record<string, { readonly removed: string; readonly isWhole?: boolean }>> = {
  aliases: { removed: "Those that are these." },
  cites: { removed: "Those of this document, line and mention.", isWhole: true },
  optional: { removed: "Those of these slugs." },
  partOf: { removed: "Those of these slugs." },
  projects: { removed: "Those of these slugs." },
  practises: { removed: "Those of these slugs." },
  relations: { removed: "Those of this kind to this skill.", isWhole: true },
  requires: { removed: "The skills of these slugs, wherever the requirement names them." },
  teaches: { removed: "Those of these slugs." },
};

/** The inputs of what is added to the lists of an entity, and of what is taken out of them. */
export function listEditInputs(kind: EntityKind, typeName: string) {
  const all = fieldsOfEntity(kind, false);
  const sets = membersOf(schemaOf(ENTITIES[kind].list)).filter(({ key }) => Object.hasOwn(SETS, key));
  const added = sets.map(({ key }): [string, Field] => [inputName(key), all[inputName(key)]!]);
  const removed = sets.map(({ key }): [string, Field] => {
    const { removed, isWhole = false } = SETS[key]!;
    const type = isWhole ? all[inputName(key)]!.type : (["String"] satisfies ["String"]);
    return [inputName(key), { type, description: removed }];
  });
  const noun = typeName.toLowerCase();
  return {
    add: inputOf(
      `${typeName}AdditionsInput`,
      `What a ${noun} gets in addition. What is there already stays, and gets the citations as well; a reason replaces the one before.`,
      Object.fromEntries(added),
    ),
    remove: inputOf(
      `${typeName}RemovalsInput`,
      `What a ${noun} loses. What is not there is passed over.`,
      Object.fromEntries(removed),
    ),
  };
}

/** A list with items that are new or told better. */
export function withItems(list: readonly unknown[], items: readonly unknown[]): readonly unknown[] {
  const all = [...list];
  for (const item of items) {
    const at = all.findIndex((other) => identityOf(other) === identityOf(item));
    if (at === -1) all.push(item);
    else all[at] = both(all[at], item);
  }
  return all;
}

export function withoutItems(list: readonly unknown[], items: readonly unknown[]): readonly unknown[] {
  const removed = new Set(items.map(identityOf));
  return list.filter((item) => !removed.has(identityOf(item)));
}

/** What an item names: an alias, a skill, a skill and a relation to it, or words of a document. */
function identityOf(item: unknown): string {
  const { kind, skill, topic, project, document, line, mention }: FileValues = isMapping(item)
    ? item
    : { skill: item };
  return JSON.stringify([kind, skill ?? topic ?? project, document, line, mention]);
}

function both(before: unknown, item: unknown): unknown {
  if (!isMapping(item)) return before;
  const cites = [before, item].flatMap((each) =>
    isMapping(each) && Array.isArray(each.cites) ? each.cites : [],
  );
  return { ...(isMapping(before) && before), ...item, ...(cites.length > 0 && { cites }) };
}
