import { buildSchema } from "../../src/api/schema.ts";
import type { TestApi } from "./api.ts";

/** What is selected of each member of the results of mutations. */
const SELECTED: Readonly<Record<string, string>> = {
  GraphWrite: "...Write",
  SkillWrite: "skill { id slug name } written { ...Write }",
  ResourceWrite: "resource { id slug name } written { ...Write }",
  ProjectWrite: "project { id slug name } written { ...Write }",
  RoleWrite: "role { id slug name } written { ...Write }",
  RoadmapWrite: "roadmap { id slug name } written { ...Write }",
  RequirementWrite: "owner { slug } written { ...Write }",
  InUseError: "message referringCount referring { kind slug fields node { ... on Goal { name } } }",
  UnlearnableError: "message loop { slug } mend { dependent { slug } prerequisite { slug name } }",
  ConflictError:
    "message currentRevision expectedVersion currentVersion current { ... on Goal { slug name version } }",
  GraphImport: "written { ...Write }",
  GraphFileError: "message",
  KeyReusedError: "message",
  NotFoundError: "message unknown { kind slug argument suggestions }",
  ValidationError: "message argument expected",
};
const WRITE =
  "fragment Write on GraphWrite { revision isDryRun isReplay created updated deleted changed { kind slug operation } }";

/** Sends a mutation with arguments of any kind, and selects the same of all; returns its result. */
export async function mutate(api: TestApi, name: string, args: Record<string, unknown>) {
  const schema = buildSchema();
  const field = schema.getMutationType()!.getFields()[name]!;
  const given = field.args.filter((argument) => args[argument.name] !== undefined);
  const declared = given.map((argument) => `$${argument.name}: ${argument.type}`);
  const passed = given.map((argument) => `${argument.name}: $${argument.name}`);
  const members = /^\w+/.exec(String(field.type))![0];
  const union = schema.getType(members);
  if (union === undefined || !("getTypes" in union))
    throw new Error(`expected ${name} to answer with a union`);
  const types = union
    .getTypes()
    .map((type) => `... on ${type.name} { ${SELECTED[type.name] ?? "__typename"} }`);
  const query = `mutation (${declared.join(", ")}) { ${name}(${passed.join(", ")}) { __typename ${types.join(" ")} } } ${WRITE}`;
  const { data, errors } = await api.write(query, args);
  if (data?.[name] === undefined) throw new Error(JSON.stringify(errors));
  return data[name];
}
