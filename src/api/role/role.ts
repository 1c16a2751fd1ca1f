import type { RoleCoverage } from "../../store/generated/client/enums.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { BY_NAME, orderInput } from "../core/connection.ts";
import { columnsOf, Goal, ofKind, rowsOf, tableDescription } from "../core/entity.ts";
import { hours, ownerIndex, ownersIn, type RoleHandle, rowId } from "../core/handle.ts";
import { Node } from "../core/node.ts";
import { addOwnerQueries } from "../core/noun-queries.ts";
import { andThen, memo, runTask } from "../core/run.ts";
import { addOwnerSupport, addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { addRequirement } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/tree.ts";
import { Skill } from "../skill/skill.ts";

/** An index in the snapshot, as a skill is. Its optional skills are added in skill/relations.ts. */
export const Role = builder.objectRef<RoleHandle>("Role");

export const Responsibility = builder.prismaObject("Responsibility", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
    skills: t.field({
      type: [Skill],
      description: "The skills it calls for.",
      resolve: async ({ id }, _args, { snapshot, loaders }) =>
        ownersIn(snapshot, "Skill", "skillId", await loaders.responsibilitySkills.load(id)),
    }),
  }),
});
addRowSupport(Responsibility, "RESPONSIBILITY");

export const MarketFactKindEnum = builder.enumType("MarketFactKind", ENUM_OPTIONS.MarketFactKind);

export const MarketFact = builder.prismaObject("MarketFact", {
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: MarketFactKindEnum }),
    summary: t.exposeString("summary"),
    amount: t.exposeFloat("amount", { nullable: true }),
    amountMax: t.exposeFloat("amountMax", { nullable: true }),
    currency: t.exposeString("currency", { nullable: true }),
    period: t.exposeString("period", { nullable: true }),
    region: t.exposeString("region", { nullable: true }),
    seniority: t.exposeString("seniority", { nullable: true }),
    source: t.exposeString("source", { nullable: true }),
    year: t.exposeInt("year", { nullable: true }),
  }),
});
addRowSupport(MarketFact, "MARKET_FACT");

export const RoleCoverageEnum = builder.enumType("RoleCoverage", ENUM_OPTIONS.RoleCoverage);
/** How far the graph covers some roles, which are owners of it; in one statement. */
export async function coverageOf(
  roles: readonly number[],
  { snapshot, loaders }: Context,
): Promise<ReadonlyMap<number, RoleCoverage>> {
  const ids = roles.map((role) => snapshot.roles.ids[role - snapshot.firstRole]!);
  const rows = await Promise.all(ids.map((id) => loaders.roles.load(id)));
  return new Map(roles.map((role, at) => [role, rows[at]?.coverage ?? "COMPLETE"]));
}

export const SeniorityEnum = builder.enumType("Seniority", ENUM_OPTIONS.Seniority);

const costsOf = memo((_snapshot: GraphSnapshot) => new Map<number, RoleCost | Promise<RoleCost>>());

/** In hundredths of an hour; `undefined` when no choice of skills reaches the role. */
type RoleCost = number | undefined;

/** What the cheapest path from nothing to a role costs. Worked out once for each role of a revision, when asked for. */
function costOf(snapshot: GraphSnapshot, role: RoleHandle): RoleCost | Promise<RoleCost> {
  const costs = costsOf(snapshot);
  const goal = ownerIndex(snapshot, role);
  let cost = costs.get(goal);
  if (cost === undefined && !costs.has(goal)) {
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    cost = andThen(runTask("learningPath", { snapshot }, question), (path) =>
      path.kind === "path" ? path.cost : undefined,
    );
    costs.set(goal, cost);
    if (cost instanceof Promise) cost.catch(() => costs.delete(goal));
  }
  return cost;
}

const column = columnsOf("Role", ({ roles }) => roles);

Role.implement({
  description: tableDescription("Role"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    formerSlugs: t.stringList(column("formerSlugs")),
    aliases: t.stringList(column("aliases")),
    summary: t.string(column("summary")),
    coverage: t.field({ type: RoleCoverageEnum, ...column("coverage") }),
    coverageReason: t.string({ nullable: true, ...column("coverageReason") }),
    seniorities: t.field({ type: [SeniorityEnum], ...column("seniorities") }),
    hours: t.float({
      nullable: true,
      description: "The hours of the best path to it from nothing; null when no choice of skills reaches it.",
      resolve: (role, _args, { snapshot }) =>
        andThen(costOf(snapshot, role), (cost) => (cost === undefined ? null : hours(cost))),
    }),
    responsibilities: t.field(
      rowsOf(Responsibility, "What its holder is responsible for.", "responsibilities"),
    ),
    marketFacts: t.field({
      type: [MarketFact],
      description: "What the market pays for it, and how much it is in demand.",
      args: {
        kind: t.arg({ type: MarketFactKindEnum, description: "Only facts of this kind. Absent: all." }),
      },
      resolve: async (role, { kind }, { snapshot, loaders }) =>
        ofKind(await loaders.marketFacts.load(rowId(snapshot, role)), kind),
    }),
  }),
});
addRequirement(Role, "What its holder must know. Null when nothing is required.", (role, { snapshot }) =>
  requirementOf(snapshot, role),
);
addOwnerSupport(Role);

addOwnerQueries(Role, "Role", {
  filter: builder.inputType("RoleFilter", {
    description: "Which roles to list; all conditions must hold.",
    fields: (t) => ({
      text: t.string({
        description: "Occurs in the slug, the name or the summary, ignoring letter case, or is an alias.",
      }),
      requires: t.string({ description: "Names the skill of this slug in its requirement." }),
      coverage: t.field({ type: RoleCoverageEnum, description: "Covered by the graph so far." }),
      seniority: t.field({ type: SeniorityEnum, description: "Tells this level of seniority apart." }),
      ...supportFields(t),
    }),
  }),
  order: orderInput("Role", BY_NAME),
  pages: ({ loaders }) => loaders.pages.roles,
  rows: ({ roles }) => roles,
});
