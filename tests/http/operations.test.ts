import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  getNamedType,
  isInterfaceType,
  isObjectType,
  NoDeprecatedCustomRule,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { expect, test } from "vitest";
import { buildSchema } from "../../src/api/schema.ts";

const FOLDER = join(import.meta.dirname, "../../src/http/operations");
const schema = buildSchema();
const goal = schema.getType("Goal");

test.each(readdirSync(FOLDER))("%s asks for nothing deprecated", (file) => {
  const document = parse(readFileSync(join(FOLDER, file), "utf8"));
  expect(validate(schema, document, [NoDeprecatedCustomRule]).map(({ message }) => message)).toEqual([]);
});

test.each(readdirSync(FOLDER))("%s selects ids, and names beside slugs", (file) => {
  const document = parse(readFileSync(join(FOLDER, file), "utf8"));
  const types = new TypeInfo(schema);
  const missing: string[] = [];
  visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: (node) => {
        const type = getNamedType(types.getParentType());
        if (!isObjectType(type) && !isInterfaceType(type)) return;
        const selected = node.selections.flatMap((one) => (one.kind === "Field" ? [one.name.value] : []));
        // Parts of a union are selected by fragments, whose own sets are looked at.
        if (type.getFields().id && !selected.includes("id")) missing.push(`${type.name}.id`);
        const isGoal =
          type === goal || (isObjectType(type) && type.getInterfaces().some((one) => one === goal));
        if (isGoal && selected.includes("slug") && !selected.includes("name"))
          missing.push(`${type.name}.name`);
      },
    }),
  );
  expect(missing).toEqual([]);
});
