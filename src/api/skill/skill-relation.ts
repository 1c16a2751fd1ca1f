import type { RelationKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { rowId, skillOfId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "./skill.ts";

const RelationKindEnum = builder.enumType("RelationKind", {
  description: "How one skill relates to another, prerequisites aside.",
  values: {
    PREVENTS: { description: "The first protects against the second (a threat)." },
    USED_WITH: { description: "The first is commonly used together with the second." },
    INSTANCE_OF: { description: "The first is an instance of the second." },
    PROVIDES: { description: "The first implements or provides the second." },
    CONTRASTS_WITH: { description: "The first contrasts with the second." },
  } satisfies Record<RelationKind, object>,
});

const SkillRelation = builder.prismaObject("Relation", {
  name: "SkillRelation",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: RelationKindEnum }),
    note: t.exposeString("note", { nullable: true }),
  }),
});

builder.objectFields(SkillRelation, (t) => ({
  from: t.field({
    type: Skill,
    description: "The first skill.",
    resolve: ({ fromId }, _args, { snapshot }) => orStale(skillOfId(snapshot, fromId), "A skill"),
  }),
  to: t.field({
    type: Skill,
    description: "The second skill.",
    resolve: ({ toId }, _args, { snapshot }) => orStale(skillOfId(snapshot, toId), "A skill"),
  }),
}));
addCitations(SkillRelation, ({ id }) => ({ kind: "RELATION", id }));

const KIND = "Only relations of this kind; absent: all.";

function ofKind<Row extends { readonly kind: RelationKind }>(
  rows: readonly Row[],
  kind: RelationKind | null | undefined,
): readonly Row[] {
  return kind == null ? rows : rows.filter((row) => row.kind === kind);
}

builder.objectFields(Skill, (t) => ({
  relations: t.field({
    type: [SkillRelation],
    description: "How it relates to others, where it is the first of the two.",
    args: { kind: t.arg({ type: RelationKindEnum, description: KIND }) },
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.relations.load(rowId(snapshot, skill)), kind),
  }),
  relatedBy: t.field({
    type: [SkillRelation],
    description: "How others relate to it, where it is the second of the two.",
    args: { kind: t.arg({ type: RelationKindEnum, description: KIND }) },
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.reverseRelations.load(rowId(snapshot, skill)), kind),
  }),
}));
