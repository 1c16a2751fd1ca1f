import fc from "fast-check";
import { buildSchema, getOperationAST, getVariableValues, parse } from "graphql";
import { expect, test } from "vitest";
import { variableCoercion } from "../../../src/http/execution/variable-values.ts";

const schema = buildSchema(`
  type Query { ask(all: All, one: One, list: [[Int!]], colour: Colour): Int }
  enum Colour { RED GREEN }
  input One @oneOf { text: String all: All }
  input All {
    needed: Int!
    filled: Float! = 1.5
    perhaps: String
    empty: Boolean = null
    colours: [Colour!] = [RED]
    ids: [ID]
    inside: All
    one: One
  }
`);
const operation = getOperationAST(
  parse(`query (
    $all: All, $needed: All!, $one: One, $list: [[Int!]] = [[1]], $colour: Colour! = GREEN, $none: Int = null
  ) { ask(all: $all) }`),
)!;
const coerce = variableCoercion(schema, operation);

const leaf = fc.constantFrom<unknown>(null, undefined, 1, 1.5, "RED", "text", true, 2 ** 40, Number.NaN);
const keys = [
  "needed",
  "filled",
  "perhaps",
  "empty",
  "colours",
  "ids",
  "inside",
  "one",
  "text",
  "all",
  "more",
];
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .tuple(fc.record({ needed: fc.constant(1) }), fc.dictionary(fc.constantFrom(...keys), tie("value")))
      .map(([needed, rest]) => ({ ...needed, ...rest })),
    fc.dictionary(fc.constantFrom("text", "all"), tie("value"), { maxKeys: 1 }),
  ),
}));
const names = ["all", "needed", "one", "list", "colour", "none", "unknown"];
const variables = fc
  .tuple(
    fc.record({ needed: fc.constant<unknown>({ needed: 1 }) }),
    fc.dictionary(fc.constantFrom(...names), value),
  )
  .map(([needed, rest]) => ({ ...needed, ...rest }));

test("variables are what graphql-js makes of them, or left to it where they do not fit", () => {
  let fitting = 0;
  fc.assert(
    fc.property(variables, (values) => {
      const expected = getVariableValues(schema, operation.variableDefinitions ?? [], values);
      const coerced = coerce(values);
      if (coerced === undefined) {
        // A key without a value, which JSON does not have, may be left to graphql-js as well.
        expect(expected.errors !== undefined || hasAbsent(values)).toBe(true);
        return;
      }
      fitting++;
      expect(coerced).toStrictEqual(expected.coerced);
    }),
    { numRuns: 5_000 },
  );
  expect(fitting).toBeGreaterThan(500);
});

function hasAbsent(value: unknown): boolean {
  if (value === undefined) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasAbsent);
}
