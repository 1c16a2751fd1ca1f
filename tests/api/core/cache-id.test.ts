import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import {
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hashOf } from "../../../src/api/core/cache-id.ts";
import { buildSchema } from "../../../src/api/schema.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { OPERATIONS, operationsGraph } from "../../support/operations-graph.ts";

/** All operation fixtures go through one cache, as clients have it: objects by id, fields by name and arguments. */

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

const FIXTURES = readdirSync(OPERATIONS).filter((name) => name.endsWith(".graphql"));

/** The operation with `__typename` and `id` wherever there is one, and fields called by their name and arguments. */
function asCachesAsk(text: string): string {
  const types = new TypeInfo(buildSchema());
  const document = visit(
    parse(text),
    visitWithTypeInfo(types, {
      SelectionSet: (node) => {
        const type = types.getParentType();
        const hasId = (isObjectType(type) || isInterfaceType(type)) && "id" in type.getFields();
        const names = hasId ? ["__typename", "id"] : ["__typename"];
        const added = names.map((value) => ({ kind: Kind.FIELD, name: { kind: Kind.NAME, value } }) as const);
        return { ...node, selections: [...node.selections, ...added] };
      },
      Field: (node) => {
        const args = (node.arguments ?? []).map(print);
        const suffix = args.length === 0 ? "" : `_${hashOf(args).replaceAll("-", "_")}`;
        return { ...node, alias: { kind: Kind.NAME, value: node.name.value + suffix } };
      },
    }),
  );
  return print(document);
}

type Cache = Map<string, Map<string, string>>;

/** Puts an answer into the cache, and returns the places where it contradicts what is there. */
function write(cache: Cache, value: unknown, place: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => write(cache, item, `${place}.${at}`));
  if (typeof value !== "object" || value === null) return [];
  const contradictions: string[] = [];
  const record = "id" in value ? (cache.get(String(value.id)) ?? new Map<string, string>()) : undefined;
  if (record !== undefined && "id" in value) cache.set(String(value.id), record);
  for (const [key, field] of Object.entries(value)) {
    const leaf = leafOf(field);
    if (record === undefined || leaf === undefined) continue;
    if ((record.get(key) ?? leaf) !== leaf)
      contradictions.push(`${place}.${key}: ${record.get(key)} and ${leaf}`);
    record.set(key, leaf);
  }
  return [
    ...contradictions,
    ...Object.entries(value).flatMap(([key, field]) => write(cache, field, `${place}.${key}`)),
  ];
}

/** What a record holds of a field: a scalar, a list of scalars, or the ids of objects. */
function leafOf(field: unknown): string | undefined {
  if (Array.isArray(field)) {
    const leaves = field.map(leafOf);
    return leaves.includes(undefined) ? undefined : `[${leaves}]`;
  }
  if (typeof field !== "object" || field === null) return JSON.stringify(field);
  return "id" in field ? String(field.id) : undefined;
}

test("objects that have an id contradict one another nowhere", async () => {
  const cache: Cache = new Map();
  const contradictions: string[] = [];
  for (const file of FIXTURES) {
    const name = basename(file, ".graphql");
    const read = (path: string) => readFileSync(join(OPERATIONS, path), "utf8");
    const variables = readdirSync(OPERATIONS).includes(`${name}.variables.json`)
      ? JSON.parse(read(`${name}.variables.json`))
      : {};
    const { data, errors } = await api.ask(asCachesAsk(read(file)), variables);
    expect(errors.filter(({ extensions }) => extensions.code !== "BAD_USER_INPUT")).toEqual([]);
    contradictions.push(...write(cache, data, name));
  }
  expect(contradictions).toEqual([]);
  const seen = new Set([...cache.values()].map((record) => record.get("__typename")));
  const unseen = Object.values(buildSchema().getTypeMap())
    .filter((type) => isObjectType(type) && "id" in type.getFields())
    .filter(({ name }) => !seen.has(JSON.stringify(name)));
  expect(unseen.map(String)).toEqual([
    "Change",
    "Disagreement",
    "EdgeDifference",
    "EntityDifference",
    "ErasedData",
    "FieldProvenance",
    "GraphChange",
    "GraphDiff",
    "GraphImport",
    "GraphWrite",
    "Me",
    "PathPreference",
    "PlanShare",
    "ProjectWrite",
    "Proposal",
    "ProposalWhatIf",
    "ProposalWrite",
    "ProposedChange",
    "ProposedCitation",
    "ProposedRoleChange",
    "ReplannedPlan",
    "ReplannedStep",
    "RequirementWrite",
    "ResourceWrite",
    "Revision",
    "RoadmapInversion",
    "RoadmapWrite",
    "RoleDifference",
    "RoleProject",
    "RoleWrite",
    "SavedPlan",
    "SharedLink",
    "SharedPlan",
    "SkillProgress",
    "SkillRelation",
    "SkillWrite",
    "SpentHours",
  ]);
});
