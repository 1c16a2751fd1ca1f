import type { Context } from "../context.ts";
import { hours, type OwnerHandle, ownerIndex, rowId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { Project, ProjectStep } from "../project/project.ts";
import { Resource } from "../resource/resource.ts";
import { Roadmap } from "../roadmap/roadmap.ts";
import { RoadmapStep } from "../roadmap/roadmap-step.ts";
import { MarketFact } from "../role/market-fact.ts";
import { Responsibility } from "../role/responsibility.ts";
import { Role } from "../role/role.ts";
import { Skill } from "../skill/skill.ts";
import { addProvenance } from "./provenance.ts";
import type { FieldValue, Source } from "./provenance-of.ts";

/** Which fields of each type have a value of their own, and how a document can give it; see provenance.ts. */

function fieldsOf(source: Source, values: Readonly<Record<string, FieldValue["value"]>>): FieldValue[] {
  return Object.entries(values).map(([field, value]) => ({ field, value, source }));
}

const rowOf = async <Row>(
  loader: { load(id: number): Promise<Row | undefined> },
  handle: OwnerHandle,
  { snapshot }: Context,
) => orStale(await loader.load(rowId(snapshot, handle)), "A row");

addProvenance(
  Skill,
  (skill, { snapshot }) => ({ kind: "SKILL", id: rowId(snapshot, skill) }),
  async (skill, context) => {
    const { loaders, snapshot } = context;
    const [row, aliases] = await Promise.all([
      rowOf(loaders.skills, skill, context),
      loaders.skillAliases.load(rowId(snapshot, skill)),
    ]);
    return [
      ...fieldsOf("ROW", { name: row.name }),
      ...fieldsOf("WORDS", { aliases: aliases.map(({ alias }) => alias) }),
      ...fieldsOf("CLAIM", {
        kind: row.kind,
        level: row.level,
        hours: hours(snapshot.graph.cost[skill.index]!),
        summary: row.summary,
      }),
    ];
  },
);

addProvenance(
  Project,
  (project, { snapshot }) => ({ kind: "PROJECT", id: rowId(snapshot, project) }),
  async (project, context) => {
    const row = await rowOf(context.loaders.projects, project, context);
    return [
      ...fieldsOf("ROW", { name: row.name }),
      ...fieldsOf("CLAIM", {
        kind: row.kind,
        difficulty: row.difficulty,
        hours: hours(context.snapshot.graph.cost[ownerIndex(context.snapshot, project)]!),
        brief: row.brief,
      }),
    ];
  },
);

addProvenance(
  Role,
  (role, { snapshot }) => ({ kind: "ROLE", id: rowId(snapshot, role) }),
  async (role, context) => {
    const { name, aliases, summary } = await rowOf(context.loaders.roles, role, context);
    return [
      ...fieldsOf("ROW", { name }),
      ...fieldsOf("WORDS", { aliases }),
      ...fieldsOf("CLAIM", { summary }),
    ];
  },
);

addProvenance(
  Roadmap,
  (roadmap, { snapshot }) => ({ kind: "ROADMAP", id: rowId(snapshot, roadmap) }),
  async (roadmap, context) => {
    const { name, ordered, summary } = await rowOf(context.loaders.roadmaps, roadmap, context);
    return [...fieldsOf("ROW", { name, ordered }), ...fieldsOf("CLAIM", { summary })];
  },
);

addProvenance(
  Resource,
  ({ id }) => ({ kind: "RESOURCE", id }),
  ({ name, authors, provider, kind, url, cost, hours, language, summary }) => [
    ...fieldsOf("ROW", { name }),
    ...fieldsOf("WORDS", { authors, provider }),
    ...fieldsOf("CLAIM", { kind, url, cost, hours, language, summary }),
  ],
);

addProvenance(
  MarketFact,
  ({ id }) => ({ kind: "MARKET_FACT", id }),
  ({ summary, kind, amount, amountMax, currency, period, region, seniority, source, year }) => [
    ...fieldsOf("ROW", { kind, amount, amountMax, currency, period, region, seniority, source, year }),
    ...fieldsOf("CLAIM", { summary }),
  ],
);

addProvenance(
  ProjectStep,
  ({ id }) => ({ kind: "PROJECT_STEP", id }),
  ({ position, name, summary }) => [
    ...fieldsOf("ROW", { position, name }),
    ...fieldsOf("CLAIM", { summary }),
  ],
);

addProvenance(
  RoadmapStep,
  ({ id }) => ({ kind: "ROADMAP_STEP", id }),
  ({ position, name, summary }) => [
    ...fieldsOf("ROW", { position, name }),
    ...fieldsOf("CLAIM", { summary }),
  ],
);

addProvenance(
  Responsibility,
  ({ id }) => ({ kind: "RESPONSIBILITY", id }),
  ({ name, summary }) => [...fieldsOf("ROW", { name }), ...fieldsOf("CLAIM", { summary })],
);
