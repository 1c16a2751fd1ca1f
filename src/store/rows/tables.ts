import { Prisma } from "../generated/client/client.ts";
import type { SubjectKind } from "../generated/client/enums.ts";

/** Every table but the change log, in an order in which rows can be inserted: what is referred to comes first. */
export const TABLE_NAMES = [
  "Document",
  "Skill",
  "Resource",
  "Project",
  "Role",
  "Roadmap",
  "Section",
  "SkillAlias",
  "ProjectStep",
  "Responsibility",
  "ResponsibilitySkill",
  "MarketFact",
  "RoadmapStep",
  "RoadmapStepResource",
  "RoadmapStepProject",
  "RequirementNode",
  "PartOf",
  "Relation",
  "Note",
  "Teaches",
  "Practises",
  "OptionalSkill",
  "Claim",
  "Citation",
] as const satisfies readonly Prisma.ModelName[];

export type TableName = (typeof TABLE_NAMES)[number];

/** The rows of every table, as they are inserted. */
export type Tables = {
  readonly [Name in TableName]: Extract<
    Prisma.TypeMap["model"][Name]["operations"]["createMany"]["args"]["data"],
    readonly unknown[]
  >;
};

export function emptyTables(): Tables {
  return {
    Document: [],
    Skill: [],
    Resource: [],
    Project: [],
    Role: [],
    Roadmap: [],
    Section: [],
    SkillAlias: [],
    ProjectStep: [],
    Responsibility: [],
    ResponsibilitySkill: [],
    MarketFact: [],
    RoadmapStep: [],
    RoadmapStepResource: [],
    RoadmapStepProject: [],
    RequirementNode: [],
    PartOf: [],
    Relation: [],
    Note: [],
    Teaches: [],
    Practises: [],
    OptionalSkill: [],
    Claim: [],
    Citation: [],
  };
}

/** The kinds of entity, in an order in which they can be inserted, and their tables. */
export const ENTITY_TABLES = {
  DOCUMENT: "Document",
  SKILL: "Skill",
  RESOURCE: "Resource",
  PROJECT: "Project",
  ROLE: "Role",
  ROADMAP: "Roadmap",
} as const satisfies Partial<Record<SubjectKind, TableName>>;

export type EntityKind = keyof typeof ENTITY_TABLES;

export const ENTITY_KINDS: readonly EntityKind[] = [
  "DOCUMENT",
  "SKILL",
  "RESOURCE",
  "PROJECT",
  "ROLE",
  "ROADMAP",
];

/** A table of rows that belong to an entity. */
export interface ChildTable {
  readonly table: TableName;
  /** What citations of its rows are filed under; absent where none can be. */
  readonly kind?: SubjectKind;
  /** The rows of the entities whose ids are in `$ids`, as a condition. */
  readonly belongsTo: (ids: Prisma.Sql) => Prisma.Sql;
}

/** What belongs to each kind of entity. Rows that belong to such rows go with them. */
export const CHILD_TABLES: Readonly<Record<EntityKind, readonly ChildTable[]>> = {
  DOCUMENT: [{ table: "Section", belongsTo: (ids) => Prisma.sql`"documentId" ${ids}` }],
  SKILL: [
    { table: "SkillAlias", belongsTo: (ids) => Prisma.sql`"skillId" ${ids}` },
    { table: "RequirementNode", kind: "REQUIREMENT", belongsTo: (ids) => Prisma.sql`"skillId" ${ids}` },
    { table: "PartOf", kind: "PART_OF", belongsTo: (ids) => Prisma.sql`"partId" ${ids}` },
    { table: "Relation", kind: "RELATION", belongsTo: (ids) => Prisma.sql`"fromId" ${ids}` },
    { table: "Note", kind: "NOTE", belongsTo: (ids) => Prisma.sql`"skillId" ${ids}` },
  ],
  RESOURCE: [{ table: "Teaches", kind: "TEACHES", belongsTo: (ids) => Prisma.sql`"resourceId" ${ids}` }],
  PROJECT: [
    { table: "RequirementNode", kind: "REQUIREMENT", belongsTo: (ids) => Prisma.sql`"projectId" ${ids}` },
    { table: "Practises", kind: "PRACTISES", belongsTo: (ids) => Prisma.sql`"projectId" ${ids}` },
    { table: "ProjectStep", kind: "PROJECT_STEP", belongsTo: (ids) => Prisma.sql`"projectId" ${ids}` },
  ],
  ROLE: [
    { table: "RequirementNode", kind: "REQUIREMENT", belongsTo: (ids) => Prisma.sql`"roleId" ${ids}` },
    { table: "OptionalSkill", kind: "OPTIONAL_SKILL", belongsTo: (ids) => Prisma.sql`"roleId" ${ids}` },
    { table: "Responsibility", kind: "RESPONSIBILITY", belongsTo: (ids) => Prisma.sql`"roleId" ${ids}` },
    { table: "MarketFact", kind: "MARKET_FACT", belongsTo: (ids) => Prisma.sql`"roleId" ${ids}` },
  ],
  ROADMAP: [
    {
      table: "RequirementNode",
      kind: "REQUIREMENT",
      belongsTo: (ids) =>
        Prisma.sql`"roadmapStepId" IN (SELECT "id" FROM "RoadmapStep" WHERE "roadmapId" ${ids})`,
    },
    { table: "RoadmapStep", kind: "ROADMAP_STEP", belongsTo: (ids) => Prisma.sql`"roadmapId" ${ids}` },
  ],
};
