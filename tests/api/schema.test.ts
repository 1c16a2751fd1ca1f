import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  findBreakingChanges,
  buildSchema as fromSdl,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  validateSchema,
} from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/api/schema.ts";

const schema = buildSchema();
const ownTypes = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));

test("every type, field, argument and enum value says what it is for", () => {
  const bare: string[] = [];
  const check = (place: string, described: { readonly description?: string | null }) => {
    if ((described.description ?? "").trim() === "") bare.push(place);
  };
  for (const type of ownTypes) {
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        check(`${type.name}.${field.name}`, field);
        for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
      }
  }
  expect(bare).toEqual([]);
});

test("descriptions are sentences", () => {
  const described = ownTypes.flatMap((type) => {
    const fields =
      isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
    return [type, ...Object.values(fields)].flatMap(({ description }) => description ?? []);
  });
  const builtIn = /^The `(Boolean|Float|ID|Int|String)` scalar type/;
  expect(described.filter((text) => !builtIn.test(text) && !/^[`A-Z].*[.!?]$/s.test(text))).toEqual([]);
});

test("enums say what the Prisma schema says of them, where it says anything", () => {
  const prisma = readFileSync(join(import.meta.dirname, "../../prisma/schema.prisma"), "utf8");
  const differing: string[] = [];
  let compared = 0;
  for (const [, comment, name, body] of prisma.matchAll(/\/\/\/ (.*)\nenum (\w+) \{\n([^}]*)\}/g)) {
    const type = schema.getType(name!);
    if (!isEnumType(type)) continue;
    compared++;
    if (!type.description!.startsWith(comment!.replace(/\.$/, ""))) differing.push(name!);
    const stored = [...body!.matchAll(/^ {2}(?:\/\/\/ (.*)\n {2})?([A-Z_]+)$/gm)];
    expect(stored.map(([, , value]) => value).sort()).toEqual(
      type
        .getValues()
        .map((value) => value.name)
        .sort(),
    );
    for (const [, description, value] of stored)
      if (description !== undefined && type.getValue(value!)?.description !== description)
        differing.push(`${name}.${value}`);
  }
  expect(differing).toEqual([]);
  expect(compared).toBe(15);
});

test("the schema is valid, and breaks nothing that the published one promises", () => {
  expect(validateSchema(schema)).toEqual([]);
  const published = readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8");
  expect(findBreakingChanges(fromSdl(published), schema)).toEqual([]);
});

test("`node` finds entities and paths", () => {
  const nodes = schema.getPossibleTypes(schema.getType("Node") as never).map(({ name }) => name);
  expect([...nodes].sort()).toEqual([
    "Document",
    "LearningPath",
    "Project",
    "Resource",
    "Roadmap",
    "Role",
    "Skill",
  ]);
});

test("whatever a cache would hold has an id: all but errors and the parts of a page", () => {
  const isHeld = ({ name }: { readonly name: string }) =>
    !/^(Query|Mutation|Subscription|PageInfo|\w+Connection|\w+Edge|\w+Error|MissingSkill|UnreachedGoal|UnknownSlug|LoopSkill|GraphFileFinding|ReferringEntity|PrerequisiteToDrop|SupersedingEntity)$/.test(
      name,
    ) || name === "SubgraphEdge";
  const held = ownTypes.filter(isObjectType).filter(isHeld);
  expect(held.length).toBeGreaterThan(60);
  expect(held.filter((type) => String(type.getFields().id?.type) !== "ID!").map(String)).toEqual([]);
});

test("the roots and the shape of the core query stay", () => {
  expect(Object.keys(schema.getQueryType()!.getFields()).sort()).toMatchInlineSnapshot(`
    [
      "changes",
      "compareRoles",
      "diff",
      "document",
      "documents",
      "edges",
      "explain",
      "exportMyData",
      "graph",
      "learningPath",
      "me",
      "node",
      "nodes",
      "notes",
      "plan",
      "project",
      "projects",
      "proposal",
      "proposals",
      "readyToLearn",
      "resource",
      "resources",
      "roadmap",
      "roadmaps",
      "role",
      "roles",
      "search",
      "sharedPlan",
      "skill",
      "skillGap",
      "skills",
      "subgraph",
      "transitions",
      "whatIf",
    ]
  `);
});
