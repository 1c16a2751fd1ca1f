import fc from "fast-check";
import { buildSchema, getArgumentValues, isObjectType, Kind, parse } from "graphql";
import { expect, test } from "vitest";
import { argumentReader } from "../../../src/http/execution/argument-values.ts";

const schema = buildSchema(`
  type Query { ask(needed: Int!, filled: Int! = 2, text: String = "none", colours: [Colour!] = [RED], more: More, perhaps: Boolean): Int }
  enum Colour { RED GREEN }
  input More { number: Int }
`);
const query = schema.getQueryType();
const field = isObjectType(query) ? query.getFields().ask! : undefined;

/** What may be written for each argument; "" for nothing. */
const written = {
  needed: ["", "1", "$number", "null"],
  filled: ["", "3", "$number"],
  text: ["", '"words"', "null", "$text"],
  colours: ["", "GREEN", "[GREEN, RED]", "$colours"],
  more: ["", "{ number: 1 }", "{ number: $number }", "$more"],
  perhaps: ["", "true", "$yes"],
};
const value = fc.record(
  {
    number: fc.constantFrom<unknown>(7, null, undefined),
    text: fc.constantFrom<unknown>("given", null),
    colours: fc.constantFrom<unknown>(["GREEN"], null),
    more: fc.constantFrom<unknown>({ number: 3 }, null),
    yes: fc.constantFrom<unknown>(false, null),
  },
  { requiredKeys: [] },
);
const choices = fc.record(
  Object.fromEntries(Object.entries(written).map(([name, texts]) => [name, fc.constantFrom(...texts)])),
);

const outcome = (read: () => unknown) => {
  try {
    return { args: read() };
  } catch (error) {
    return { error: String(error) };
  }
};

test("arguments are what graphql-js makes of them, faults included", () => {
  const seen = { fitting: 0, faulty: 0 };
  fc.assert(
    fc.property(choices, value, (texts, variables) => {
      const given = Object.entries(texts).filter(([, text]) => text !== "");
      const list = given.map(([name, text]) => `${name}: ${text}`).join(" ");
      const [definition] = parse(`{ ask${list === "" ? "" : `(${list})`} }`).definitions;
      if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error("expected an operation");
      const node = definition.selectionSet.selections[0];
      if (node?.kind !== Kind.FIELD) throw new Error("expected a field");
      const expected = outcome(() => getArgumentValues(field!, node, variables));
      expect(outcome(() => argumentReader(field!, node)(variables))).toStrictEqual(expected);
      seen["error" in expected ? "faulty" : "fitting"]++;
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.fitting, seen.faulty)).toBeGreaterThan(300);
});
