import { changedRows } from "../../store/rows/changed-rows.ts";
import { perKind } from "../../store/rows/entities.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import { readGraphRows } from "../../store/rows/read-graph.ts";
import { readReferring } from "../../store/rows/read-referring.ts";
import { referencesIn, withReferences } from "../../store/rows/references.ts";
import { builder } from "../builder.ts";
import { checkRange, howMany } from "../core/check.ts";
import { type EntityKind, EntityKindEnum, TYPE_OF } from "../core/entity.ts";
import { ErrorInterface } from "../core/error-types.ts";
import { InUseError, type ReferringEntity } from "../core/errors.ts";
import { findEntity, Node } from "../core/node.ts";
import { DEFAULT_PAGE_SIZE, MAX_CHANGED } from "../limits.ts";
import type { NounKind } from "./nouns.ts";
import type { Edited, ReadStored } from "./revise.ts";
import { inputName } from "./row-inputs.ts";

export const CascadeEnum = builder.enumType("Cascade", {
  description: "What a deletion does with all that refers to what is deleted.",
  values: {
    REFUSE: { description: "Nothing is deleted where something does." },
    DETACH: { description: "The reference is taken out, with what is said of it." },
  } as const,
});

const Referring = builder.objectRef<ReferringEntity>("ReferringEntity").implement({
  description: "An entity that refers to what was to be deleted.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug of the entity." }),
    fields: t.stringList({
      description: "Which fields of it refer, as inputs call them, such as requires and teaches.",
      resolve: ({ fields }) => [...fields],
    }),
    node: t.field({
      type: Node,
      nullable: true,
      description: "The entity. Null when it is not there any more.",
      resolve: ({ kind, slug }, _args, context) => findEntity(context, TYPE_OF[kind], slug),
    }),
  }),
});

builder.objectType(InUseError, {
  name: "InUseError",
  description: "Nothing was deleted: others refer to it.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    referringCount: t.int({
      description: "How many entities refer to it.",
      resolve: ({ referring }) => referring.length,
    }),
    referring: t.field({
      type: [Referring],
      description: "Which ones: by kind, then slug.",
      args: { first: t.arg.int(howMany(DEFAULT_PAGE_SIZE, 1, MAX_CHANGED)) },
      resolve: ({ referring }, { first }) => {
        checkRange("first", first, 1, MAX_CHANGED);
        return referring.slice(0, first);
      },
    }),
  }),
});

/** What deletes an entity: all that refers to it, without the reference. Throws InUseError. */
export async function deletion(
  kind: NounKind,
  slug: string,
  cascade: typeof CascadeEnum.$inferType,
  read: ReadStored,
): Promise<Edited> {
  const stored = await read(async (reader) => {
    const slugs = await readReferring(reader, kind, slug);
    return readGraphRows(
      reader,
      perKind((each) => slugs[each].filter((other) => !(each === kind && other === slug))),
    );
  });
  const referring = referringTo(stored, kind, slug);
  if (referring.length > 0 && cascade === "REFUSE") throw new InUseError(kind, slug, referring);
  const detached = withReferences(stored, kind, (other) => (other === slug ? undefined : other));
  return { rows: changedRows(detached, stored), deleted: { [kind]: [slug] } };
}

function referringTo(rows: GraphRows, kind: EntityKind, slug: string): ReferringEntity[] {
  const referring = new Map<string, ReferringEntity & { readonly fields: string[] }>();
  for (const reference of referencesIn(rows)) {
    if (reference.to !== kind || reference.slug !== slug) continue;
    const { from, fromSlug } = reference;
    const field = reference.field === "requirement" ? "requires" : inputName(reference.field);
    const known = referring.get(`${from} ${fromSlug}`);
    if (known === undefined)
      referring.set(`${from} ${fromSlug}`, { kind: from, slug: fromSlug, fields: [field] });
    else if (!known.fields.includes(field)) known.fields.push(field);
  }
  return [...referring.values()];
}
