import { builder } from "../builder.ts";
import { hourOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { SkillHandle, skillOfId } from "../core/entity.ts";
import { orNotFound } from "../core/errors.ts";
import { LevelEnum } from "../core/level.ts";
import { supportFields } from "../provenance/support-filter.ts";
import { Skill, SkillKindEnum } from "./skill.ts";

const SkillFilter = builder.inputType("SkillFilter", {
  description: "Which skills to list; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [SkillKindEnum], description: "Of one of these kinds." }),
    levels: t.field({ type: [LevelEnum], description: "Of one of these levels." }),
    text: t.string({
      description: "Occurs in the slug, the name, the summary or an alias, letter case aside.",
    }),
    partOf: t.string({ description: "Part of the skill of this slug." }),
    requires: t.string({ description: "Names the skill of this slug somewhere in its requirement." }),
    taughtBy: t.string({ description: "Taught by the resource of this slug." }),
    practisedBy: t.string({ description: "Practised by the project of this slug." }),
    minHours: t.float({ description: "At least so many hours." }),
    maxHours: t.float({ description: "At most so many hours." }),
    ...supportFields(t),
  }),
});

const SkillOrder = hourOrderInput("Skill", "skills");

builder.queryFields((t) => ({
  skill: t.field({
    type: Skill,
    nullable: true,
    description:
      "The skill of a slug. Null, with a NOT_FOUND error that suggests others, when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the skill." }) },
    resolve: (_root, { slug }, { snapshot }) =>
      new SkillHandle(orNotFound(snapshot.skills.indexOf.get(slug), "SKILL", slug, snapshot.skills.slugs)),
  }),
  skills: t.connection(
    {
      type: Skill,
      nullable: true,
      description: "The skills, page by page.",
      args: {
        filter: t.arg({ type: SkillFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: SkillOrder, description: "In which order; absent: by name." }),
      },
      resolve: (_root, args, { snapshot, loaders }) => {
        return resolvePage(loaders.pages.skills, "NAME", args, parseFilter(args.filter), (row) => {
          loaders.skills.prime(row.id, row);
          return skillOfId(snapshot, row.id);
        });
      },
    },
    { name: "SkillConnection", description: "A page of skills." },
    { name: "SkillEdge" },
  ),
}));
