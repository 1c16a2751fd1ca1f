import { Prisma } from "../generated/client/client.ts";
import type { SubjectKind } from "../generated/client/enums.ts";
import type * as graph from "./graph-rows.ts";

/** Every table of the graph itself. */
export type TableName = Exclude<Prisma.ModelName, "Revision" | "Change" | "IdempotencyKey" | "WriteLock">;

/** The columns of a table, as `prisma/schema.prisma` has them. */
export type ColumnName<Table extends TableName> = keyof Prisma.TypeMap["model"][Table]["payload"]["scalars"];

/** How the rows of one list of an entity are stored. Citations and claims are stored alike everywhere. */
export type ListTable<Table extends TableName = TableName> = {
  readonly [Name in Table]: {
    readonly table: Name;
    /** The column with the id of the entity or row that the list belongs to. */
    readonly owner: ColumnName<Name>;
    /** A column with the id of an entity, and the field of the row that has the entity's slug. */
    readonly refers?: {
      readonly column: ColumnName<Name>;
      readonly field: string;
      readonly to: EntityKind;
    };
    /** The items of the list are plain values: those of this field. */
    readonly value?: string;
    /** What citations of the rows are filed under; absent where rows cannot cite. */
    readonly cited?: SubjectKind;
    readonly lists?: Lists;
  };
}[Table];

export type Lists = Readonly<Record<string, ListTable>>;

/** The fields of rows that are lists of their own, instead of columns. */
type ListField<Row, Model extends TableName> = Exclude<
  { [Field in keyof Row]: Row[Field] extends readonly unknown[] ? Field : never }[keyof Row],
  ColumnName<Model> | "citations" | "claims"
>;

const to = <Column extends string>(kind: EntityKind, column: Column, field: string) =>
  ({ to: kind, column, field }) as const;

const REQUIREMENT = {
  table: "RequirementNode",
  refers: to("SKILL", "needsId", "needs"),
  cited: "REQUIREMENT",
} as const;
const TO_SKILL = to("SKILL", "skillId", "skill");
const TO_PROJECT = to("PROJECT", "projectId", "project");

/** The citations of a row, filed under its kind. */
export const CITATIONS = {
  table: "Citation",
  owner: "subjectId",
  refers: to("DOCUMENT", "documentId", "document"),
} as const satisfies ListTable;

/** The claims of an entity, filed under its kind. */
export const CLAIMS = { table: "Claim", owner: "subjectId", cited: "CLAIM" } as const satisfies ListTable;

const STEPS = {
  table: "RoadmapStep",
  owner: "roadmapId",
  cited: "ROADMAP_STEP",
  lists: {
    requirement: { ...REQUIREMENT, owner: "roadmapStepId" },
    resources: {
      table: "RoadmapStepResource",
      owner: "stepId",
      refers: to("RESOURCE", "resourceId", "resource"),
      value: "resource",
    },
    projects: {
      table: "RoadmapStepProject",
      owner: "stepId",
      refers: TO_PROJECT,
      value: "project",
    },
  },
} as const satisfies ListTable;

const RESPONSIBILITIES = {
  table: "Responsibility",
  owner: "roleId",
  cited: "RESPONSIBILITY",
  lists: {
    skills: { table: "ResponsibilitySkill", owner: "responsibilityId", refers: TO_SKILL, value: "skill" },
  },
} as const satisfies ListTable;

const entity = <List extends keyof graph.GraphRows, Table extends TableName>(
  list: List,
  table: Table,
  lists: Readonly<Record<ListField<graph.GraphRows[List][number], Table>, ListTable>>,
) => ({ list, table, lists });

/**
 * The kinds of entity, in an order in which they can be inserted: how each is stored, with all that belongs to it. The
 * compiler refuses an entity with a list that is not described.
 */
export const ENTITIES = {
  DOCUMENT: entity("documents", "Document", { sections: { table: "Section", owner: "documentId" } }),
  SKILL: entity("skills", "Skill", {
    requirement: { ...REQUIREMENT, owner: "skillId" },
    aliases: { table: "SkillAlias", owner: "skillId", value: "alias" },
    partOf: { table: "PartOf", owner: "partId", refers: to("SKILL", "wholeId", "skill"), cited: "PART_OF" },
    relations: {
      table: "Relation",
      owner: "fromId",
      refers: to("SKILL", "toId", "skill"),
      cited: "RELATION",
    },
    notes: { table: "Note", owner: "skillId", cited: "NOTE" },
  }),
  RESOURCE: entity("resources", "Resource", {
    teaches: { table: "Teaches", owner: "resourceId", refers: TO_SKILL, cited: "TEACHES" },
  }),
  PROJECT: entity("projects", "Project", {
    requirement: { ...REQUIREMENT, owner: "projectId" },
    practises: { table: "Practises", owner: "projectId", refers: TO_SKILL, cited: "PRACTISES" },
    steps: { table: "ProjectStep", owner: "projectId", cited: "PROJECT_STEP" },
  }),
  ROLE: entity("roles", "Role", {
    requirement: { ...REQUIREMENT, owner: "roleId" },
    optional: { table: "OptionalSkill", owner: "roleId", refers: TO_SKILL, cited: "OPTIONAL_SKILL" },
    projects: { table: "RoleProject", owner: "roleId", refers: TO_PROJECT, cited: "ROLE_PROJECT" },
    responsibilities: RESPONSIBILITIES,
    market: { table: "MarketFact", owner: "roleId", cited: "MARKET_FACT" },
  }),
  ROADMAP: entity("roadmaps", "Roadmap", { steps: STEPS }),
};

export type EntityKind = "DOCUMENT" | "SKILL" | "RESOURCE" | "PROJECT" | "ROLE" | "ROADMAP";

export const ENTITY_KINDS: readonly EntityKind[] = [
  "DOCUMENT",
  "SKILL",
  "RESOURCE",
  "PROJECT",
  "ROLE",
  "ROADMAP",
];

export function perKind<T>(make: (kind: EntityKind) => T): Record<EntityKind, T> {
  return {
    DOCUMENT: make("DOCUMENT"),
    SKILL: make("SKILL"),
    RESOURCE: make("RESOURCE"),
    PROJECT: make("PROJECT"),
    ROLE: make("ROLE"),
    ROADMAP: make("ROADMAP"),
  };
}

/** The lists of a kind of entity. */
export function listsOf(kind: EntityKind): Lists {
  return ENTITIES[kind].lists;
}

/** The tables of the lists of an entity, with those of the lists below them. */
export function tablesOf(lists: Lists): TableName[] {
  return Object.values(lists).flatMap((list) => [list.table, ...tablesOf(list.lists ?? {})]);
}

/** In an order in which rows can be inserted: what is referred to comes first. */
export const TABLE_NAMES: readonly TableName[] = [
  ...ENTITY_KINDS.map((kind) => ENTITIES[kind].table),
  // A requirement may belong to a row of the last lists.
  ...new Set(ENTITY_KINDS.flatMap((kind) => tablesOf(listsOf(kind))).toReversed()),
  "Claim",
  "Citation",
];

/** What the columns of a table are for. */
export interface TableShape {
  /** All columns, without values: copying it is several times faster than adding columns one by one. */
  readonly blank: RowData;
  readonly hasId: boolean;
  /** The columns that rows have as fields. The others say where a row belongs and are filled in by the store. */
  readonly fields: readonly string[];
  /** The column that numbers the rows of a list, and the number of the first. Without one, their ids order them. */
  readonly numbering: { readonly column: string; readonly first: number } | undefined;
}

const SHAPES = new Map<TableName, TableShape>(TABLE_NAMES.map((table) => [table, readShape(table)]));

export function shapeOf(table: TableName): TableShape {
  return SHAPES.get(table)!;
}

function readShape(table: TableName): TableShape {
  const columns = Object.keys(Prisma[`${table}ScalarFieldEnum`]);
  const numberings = [
    { column: "ordinal", first: 0 },
    { column: "position", first: 1 },
  ];
  return {
    blank: Object.fromEntries(columns.map((column) => [column, null])),
    hasId: columns.includes("id"),
    fields: columns.filter((name) => !/^(?:id|ordinal|position|subjectKind|.+Id)$/.test(name)),
    numbering: numberings.find(({ column }) => columns.includes(column)),
  };
}

/** A row of `GraphRows`, or of a table, whatever its kind. */
export type RowData = Readonly<Record<string, unknown>>;

/** The rows of a list, as an entity or a row of it has them. Plain values become rows with this one field. */
export function rowsIn(items: unknown, value?: string): readonly RowData[] {
  const list: readonly RowData[] = Array.isArray(items) ? items : [];
  return value === undefined ? list : list.map((item) => ({ [value]: item }));
}
