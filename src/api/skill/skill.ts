import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import { BY_HOURS, orderInput } from "../core/connection.ts";
import { columnDescription, columnsOf, Goal, ofKind, tableDescription } from "../core/entity.ts";
import { hours, rowId, type SkillHandle } from "../core/handle.ts";
import { CONSTANT, OF_REVISION } from "../core/kept.ts";
import { Node } from "../core/node.ts";
import { addOwnerQueries } from "../core/noun-queries.ts";
import { addOwnerSupport, addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { FIGURES } from "./figures.ts";
import { SkillMetricsFilterInput } from "./metrics-filter.ts";
import { skillPages } from "./pages.ts";

/**
 * A skill is an index in the snapshot: its slug, name, hours, requirement and all structure cost no SQL and no
 * promise. Everything else is loaded by row. Its requirement is added in requirement/requirement.ts, its place in the
 * graph in graph.ts, and what links it to other entities in relations.ts.
 */
export const Skill = builder.objectRef<SkillHandle>("Skill");

export const SkillKindEnum = builder.enumType("SkillKind", ENUM_OPTIONS.SkillKind);

export const LevelEnum = builder.enumType("Level", ENUM_OPTIONS.Level);

export const NoteKindEnum = builder.enumType("NoteKind", ENUM_OPTIONS.NoteKind);

export const SkillNote = builder.prismaObject("Note", {
  name: "SkillNote",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: NoteKindEnum }),
    text: t.exposeString("text"),
  }),
});
addRowSupport(SkillNote, "NOTE");

const column = columnsOf("Skill", ({ skills }) => skills);

Skill.implement({
  description: tableDescription("Skill"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    formerSlugs: t.stringList(column("formerSlugs")),
    hours: t.float({
      description: columnDescription("Skill", "hours"),
      extensions: CONSTANT,
      resolve: (skill, _args, { snapshot }) => hours(snapshot.graph.cost[skill.index]!),
    }),
    kind: t.field({ type: SkillKindEnum, ...column("kind") }),
    level: t.field({ type: LevelEnum, nullable: true, ...column("level") }),
    summary: t.string(column("summary")),
    needsNoFoundation: t.string({ nullable: true, ...column("needsNoFoundation") }),
    aliases: t.stringList({
      description: "Its other names.",
      extensions: OF_REVISION,
      resolve: async (skill, _args, { snapshot, loaders }) =>
        (await loaders.skillAliases.load(rowId(snapshot, skill))).map(({ alias }) => alias),
    }),
    notes: t.field({
      type: [SkillNote],
      description: "Remarks on it, in the editors' words.",
      args: { kind: t.arg({ type: NoteKindEnum, description: "Only notes of this kind. Absent: all." }) },
      extensions: OF_REVISION,
      resolve: async (skill, { kind }, { snapshot, loaders }) =>
        ofKind(await loaders.notes.load(rowId(snapshot, skill)), kind),
    }),
  }),
});
addOwnerSupport(Skill);

/** An order for each figure. */
const BY_FIGURE = Object.fromEntries(
  Object.entries(FIGURES).map(([order, { field }]) => [
    order,
    { description: `By \`metrics { ${field} }\`.` },
  ]),
) as Record<keyof typeof FIGURES, { readonly description: string }>;

addOwnerQueries(Skill, "Skill", {
  filter: builder.inputType("SkillFilter", {
    description: "Which skills to list; all conditions must hold.",
    fields: (t) => ({
      kinds: t.field({ type: [SkillKindEnum], description: "Of one of these kinds." }),
      levels: t.field({ type: [LevelEnum], description: "Of one of these levels." }),
      text: t.string({
        description: "Occurs in the slug, the name, the summary or an alias, ignoring letter case.",
      }),
      partOf: t.string({ description: "Part of the skill of this slug, directly or through other parts." }),
      requires: t.string({ description: "Names the skill of this slug in its requirement." }),
      taughtBy: t.string({ description: "Taught by the resource of this slug." }),
      practisedBy: t.string({ description: "Practised by the project of this slug." }),
      minHours: t.float({ description: "Takes at least this many hours." }),
      maxHours: t.float({ description: "Takes at most this many hours." }),
      metrics: t.field({ type: SkillMetricsFilterInput, description: "Has these figures." }),
      ...supportFields(t),
    }),
  }),
  order: orderInput("Skill", {
    ...BY_HOURS,
    DEPENDENTS: {
      description: "By how many skills, projects, roles and roadmaps name it in their own requirement.",
    },
    ...BY_FIGURE,
  }),
  pages: skillPages,
  rows: ({ skills }) => skills,
});
