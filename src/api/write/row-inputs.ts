import type { InputFieldMap, InputType, InputTypeParam } from "@pothos/core";
import { z } from "zod";
import type { ListName } from "../../seeding/read-rows.ts";
import { longFormOf, type Member, membersOf, schemaOf } from "../../seeding/written-row.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { ENTITIES, type Lists, listsOf, type TableName } from "../../store/rows/entities.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import { columnDescription, type EntityKind } from "../core/entity.ts";
import { ProjectKindEnum } from "../project/project.ts";
import { BasisEnum, TimeUnitEnum } from "../provenance/citation.ts";
import { RequirementInput } from "../requirement/input.ts";
import { CostEnum, ResourceKindEnum } from "../resource/resource.ts";
import { MarketFactKindEnum, RoleCoverageEnum, SeniorityEnum } from "../role/role.ts";
import { RelationKindEnum } from "../skill/relations.ts";
import { LevelEnum, NoteKindEnum, SkillKindEnum } from "../skill/skill.ts";

/**
 * Inputs that describe entities, made of the schema of graph files: what a file can say a mutation can, under the names
 * that the API has for it, and both are checked by the same rules.
 */

/** Keys of graph files that the API has other names for. */
const NAMES: Readonly<Record<string, string>> = {
  brief: "summary",
  cites: "citations",
  market: "marketFacts",
  optional: "optionalSkills",
  topic: "skill",
};

/** What the API calls a key of a graph file. */
export function inputName(key: string): string {
  return NAMES[key] ?? key;
}

/** The types of rows that belong to entities, by the key of their list. */
const ROW_INPUTS: Readonly<Record<string, readonly [name: string, description: string]>> = {
  cites: ["CitationInput", "Where a document supports something."],
  claims: ["ClaimInput", "What documents say that a field is."],
  market: ["MarketFactInput", "What the market pays for a role, or how much it is in demand."],
  notes: ["NoteInput", "A remark on a skill."],
  "projects.steps": ["ProjectStepInput", "A step of a project."],
  relations: ["RelationInput", "How a skill relates to another, prerequisites aside."],
  responsibilities: ["ResponsibilityInput", "Something that the holder of a role answers for."],
  "roadmaps.steps": ["RoadmapStepInput", "A step of a roadmap."],
  "roles.projects": ["ProjectReferenceInput", "A project that is named, and what supports it."],
};
const REFERENCE_INPUT = ["SkillReferenceInput", "A skill that is named, and what supports it."] as const;

/** What keys are whose schema says only how they are written. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  document: "The slug of the document.",
  project: "The slug of the project.",
  "roadmaps.projects": "The slugs of the projects that it points at.",
  resources: "The slugs of the resources that it points at.",
  skill: "The slug of the skill.",
  skills: "The slugs of the skills that it calls for.",
  topic: "The slug of the skill.",
};

/** The enums of the API, under the names that they have in the Prisma schema. */
const ENUMS = {
  Basis: BasisEnum,
  Cost: CostEnum,
  Level: LevelEnum,
  MarketFactKind: MarketFactKindEnum,
  NoteKind: NoteKindEnum,
  ProjectKind: ProjectKindEnum,
  RelationKind: RelationKindEnum,
  ResourceKind: ResourceKindEnum,
  RoleCoverage: RoleCoverageEnum,
  Seniority: SeniorityEnum,
  SkillKind: SkillKindEnum,
  TimeUnit: TimeUnitEnum,
};

/** The values of an input, each with what is to be said of it. */
type Fields = Readonly<Record<string, Field>>;

export interface Field {
  readonly type: InputTypeParam<SchemaTypes>;
  readonly required?: boolean;
  readonly description: string;
}

/** An input of fields that are known only now: its values are checked when they are read. */
export function inputOf(name: string, description: string, fields: Fields) {
  const input = builder.inputRef<object>(name);
  builder.inputType(input, {
    description,
    fields: (t): InputFieldMap =>
      Object.fromEntries(
        Object.entries(fields).map(([key, { required = false, ...field }]) => [
          key,
          t.field({ ...field, required }),
        ]),
      ),
  });
  return input;
}

/** Keys that mutations of their own change. */
const APART: ReadonlySet<string> = new Set(["slug", "formerSlugs"]);

/** The fields of an entity: of a new one, with what it must have, or of one that is changed. */
export function fieldsOfEntity(kind: EntityKind, isNew: boolean): Fields {
  const { list, table } = ENTITIES[kind];
  return Object.fromEntries(
    membersOf(schemaOf(list))
      .filter(({ key }) => !APART.has(key))
      .map((member) => [inputName(member.key), fieldOf(list, member, table, listsOf(kind), isNew)]),
  );
}

/** The type of citations; made with that of a skill. */
export function citationInput(): InputType<SchemaTypes> {
  const { type } = fieldsOfEntity("SKILL", false).citations!;
  return Array.isArray(type) ? type[0] : type;
}

const inputs = new Map<string, InputType<SchemaTypes>>();

/** Made once, however many lists have rows of this form. */
function rowInput(
  list: ListName,
  key: string,
  schema: z.ZodObject,
  { table, lists = {} }: { readonly table?: TableName; readonly lists?: Lists },
): InputType<SchemaTypes> {
  const [name, description] = ROW_INPUTS[`${list}.${key}`] ?? ROW_INPUTS[key] ?? REFERENCE_INPUT;
  const made = inputs.get(name);
  if (made !== undefined) return made;
  const fields = membersOf(schema).map((member): [string, Field] => [
    inputName(member.key),
    fieldOf(list, member, table, lists, true),
  ]);
  const input = inputOf(name, description, Object.fromEntries(fields));
  inputs.set(name, input);
  return input;
}

function fieldOf(
  list: ListName,
  member: Member,
  table: TableName | undefined,
  lists: Lists,
  isNew: boolean,
): Field {
  const { key, field, schema, mayBeAbsent, defaultValue } = member;
  const type = typeOf(list, key, schema, lists);
  const told =
    DESCRIPTIONS[`${list}.${key}`] ??
    DESCRIPTIONS[key] ??
    member.description ??
    (table && columnDescription(table, field));
  const isSaid = isNew && typeof defaultValue === "string" ? ` Absent: ${defaultValue}.` : "";
  return { type, required: isNew && !mayBeAbsent, description: `${told}${isSaid}` };
}

function typeOf(
  list: ListName,
  key: string,
  schema: z.core.$ZodType,
  lists: Lists,
): InputTypeParam<SchemaTypes> {
  if (schema instanceof z.ZodLazy) return RequirementInput;
  if (schema instanceof z.ZodEnum) return enumOf(schema.options);
  if (schema instanceof z.ZodBoolean) return "Boolean";
  if (schema instanceof z.ZodNumberFormat) return "Int";
  if (schema instanceof z.ZodNumber) return "Float";
  if (!(schema instanceof z.ZodArray)) return "String";
  const { element } = schema;
  const row = element instanceof z.ZodObject ? element : longFormOf(element);
  if (row !== undefined) return [rowInput(list, key, row, lists[key] ?? tableOf(key))];
  const type = typeOf(list, key, element, lists);
  if (Array.isArray(type)) throw new Error(`expected no lists of lists, got ${key}`);
  return [type];
}

/** Of rows that all entities may have. */
function tableOf(key: string): { readonly table?: TableName } {
  if (key === "cites") return { table: "Citation" };
  return key === "claims" ? { table: "Claim" } : {};
}

const VALUES: Readonly<Record<string, { readonly values: object }>> = ENUM_OPTIONS;

function enumOf(values: readonly (string | number)[]): InputType<SchemaTypes> {
  const found = Object.entries(ENUMS).find(([name]) => {
    const known = VALUES[name]?.values ?? {};
    return values.every((value) => value in known);
  });
  if (found === undefined)
    throw new Error(`expected an enum of the API with the values ${values.join(", ")}`);
  return found[1];
}
