import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { nameOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { columnDescription, tableDescription } from "../core/description.ts";
import { CONSTANT, Goal, indexOfId, RoleHandle, rowId, slugOf } from "../core/entity.ts";
import { orNotFound, orStale } from "../core/errors.ts";
import { encodeGlobalId, Node } from "../core/node.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { addClaims } from "../provenance/claim.ts";
import { supportFields } from "../provenance/support-filter.ts";
import { Requirement, RequirementNode } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/requirements.ts";
import { OptionalSkill } from "../skill/optional-skill.ts";
import { MarketFact, MarketFactKindEnum } from "./market-fact.ts";
import { Responsibility } from "./responsibility.ts";

/** An index in the snapshot, as a skill is; see types/skill.ts. */
export const Role = builder.objectRef<RoleHandle>("Role");

const row = async (role: RoleHandle, { snapshot, loaders }: Context) =>
  orStale(await loaders.roles.load(rowId(snapshot, role)), "A role");

Role.implement({
  description: tableDescription("Role"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      extensions: CONSTANT,
      resolve: (role, _args, { snapshot }) => encodeGlobalId("Role", slugOf(snapshot, role)),
    }),
    aliases: t.stringList({
      description: "Other names of it.",
      resolve: async (role, _args, context) => (await row(role, context)).aliases,
    }),
    summary: t.string({
      description: columnDescription("Role", "summary"),
      resolve: async (role, _args, context) => (await row(role, context)).summary,
    }),
    requirement: t.field({
      type: Requirement,
      nullable: true,
      description: "What its holder must know; null: nothing.",
      resolve: (role, _args, { snapshot }) => requirementOf(snapshot, role)[0],
    }),
    requirementNodes: t.field({
      type: [RequirementNode],
      description: "The whole requirement as a flat list in depth-first order, the root first.",
      resolve: (role, _args, { snapshot }) => requirementOf(snapshot, role),
    }),
    optionalSkills: t.field({
      type: [OptionalSkill],
      description: "Skills that help and are not required.",
      resolve: (role, _args, { snapshot, loaders }) =>
        loaders.optionalSkillsByRole.load(rowId(snapshot, role)),
    }),
    responsibilities: t.field({
      type: [Responsibility],
      description: "What its holder answers for.",
      resolve: (role, _args, { snapshot, loaders }) => loaders.responsibilities.load(rowId(snapshot, role)),
    }),
    marketFacts: t.field({
      type: [MarketFact],
      description: "What the market pays for it, and how much it is in demand.",
      args: {
        kind: t.arg({ type: MarketFactKindEnum, description: "Only facts of this kind." }),
      },
      resolve: async (role, { kind }, { snapshot, loaders }) => {
        const facts = await loaders.marketFacts.load(rowId(snapshot, role));
        return kind == null ? facts : facts.filter((fact) => fact.kind === kind);
      },
    }),
  }),
});

const subjectOf = (role: RoleHandle, { snapshot }: Context) => ({
  kind: "ROLE" as const,
  id: rowId(snapshot, role),
});
addCitations(Role, subjectOf);
addClaims(Role, subjectOf);

const RoleFilter = builder.inputType("RoleFilter", {
  description: "Which roles to list; all conditions must hold.",
  fields: (t) => ({
    text: t.string({
      description: "Occurs in the slug, the name or the summary, letter case aside, or is an alias.",
    }),
    requires: t.string({ description: "Names the skill of this slug somewhere in its requirement." }),
    ...supportFields(t),
  }),
});

const RoleOrder = nameOrderInput("Role", "roles");

builder.queryFields((t) => ({
  role: t.field({
    type: Role,
    nullable: true,
    description: "The role of a slug. Null, with a NOT_FOUND error that suggests others, when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the role." }) },
    resolve: (_root, { slug }, { snapshot: { roles } }) =>
      new RoleHandle(orNotFound(roles.indexOf.get(slug), "ROLE", slug, roles.slugs)),
  }),
  roles: t.connection(
    {
      type: Role,
      nullable: true,
      description: "The roles, page by page.",
      args: {
        filter: t.arg({ type: RoleFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: RoleOrder, description: "In which order; absent: by name." }),
      },
      resolve: (_root, args, { snapshot, loaders }) => {
        return resolvePage(loaders.pages.roles, "NAME", args, parseFilter(args.filter), (found) => {
          loaders.roles.prime(found.id, found);
          const index = indexOfId(snapshot.roles, found.id);
          return index === undefined ? undefined : new RoleHandle(index);
        });
      },
    },
    { name: "RoleConnection", description: "A page of roles." },
    { name: "RoleEdge" },
  ),
}));
