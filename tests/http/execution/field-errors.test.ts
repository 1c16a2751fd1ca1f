import fc from "fast-check";
import {
  execute,
  GraphQLEnumType,
  type GraphQLError,
  type GraphQLFieldConfig,
  GraphQLFloat,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLScalarType,
  GraphQLSchema,
  getOperationAST,
  parse,
  responsePathAsArray,
  validate,
} from "graphql";
import { describe, expect, test } from "vitest";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";

/** Fields that fail: the compiled operation must answer what graphql-js does. */

/** What a field does. Those after LATER do it in a later turn. */
const DEEDS = ["VALUE", "NULL", "WRONG", "THROW", "RETURN_ERROR", "LATER", "LATER_NULL", "REJECT"] as const;
type Deed = (typeof DEEDS)[number];
const AT_ONCE = DEEDS.slice(0, 5);
/** Without faults at once: behind one of them in a list, graphql-js leaves rejections unhandled. */
const LATER = ["VALUE", "LATER", "LATER_NULL", "REJECT"] as const;

const Do = new GraphQLEnumType({
  name: "Do",
  values: Object.fromEntries(DEEDS.map((deed) => [deed, { value: deed }])),
});

/** A field that does what its argument says. Its errors tell the path that the resolver was given. */
function field(
  type: GraphQLOutputType,
  value: unknown,
  wrong: unknown | (() => unknown),
): GraphQLFieldConfig<unknown, unknown> {
  return {
    type,
    args: { do: { type: Do, defaultValue: "VALUE" } },
    resolve: (_source, args, _context, info): unknown => {
      const error = () => new Error(`at ${responsePathAsArray(info.path).join(".")}`);
      switch (args.do as Deed) {
        case "VALUE":
          return value;
        case "NULL":
          return null;
        case "WRONG":
          return typeof wrong === "function" ? wrong() : wrong;
        case "THROW":
          throw error();
        case "RETURN_ERROR":
          return error();
        case "LATER":
          return Promise.resolve(value);
        case "LATER_NULL":
          return Promise.resolve(null);
        case "REJECT":
          return Promise.reject(error());
      }
    },
  };
}

const nonNull = (type: GraphQLOutputType) => new GraphQLNonNull(type as typeof GraphQLInt);
const list = (type: GraphQLOutputType) => new GraphQLList(type);
const Picky = new GraphQLScalarType({
  name: "Picky",
  serialize: (value) => (value === "nothing" ? null : Number(value)),
});
const Named = new GraphQLInterfaceType({ name: "Named", fields: { int: { type: GraphQLInt } } });
const Strict: GraphQLObjectType = new GraphQLObjectType({
  name: "Strict",
  isTypeOf: (value) => value !== "stranger",
  fields: () => ({ int: field(nonNull(GraphQLInt), 7, "seven") }),
});
const Thing: GraphQLObjectType = new GraphQLObjectType({
  name: "Thing",
  interfaces: [Named],
  fields: () => ({
    int: field(GraphQLInt, 1, 0.5),
    float: field(nonNull(GraphQLFloat), 1.5, Number.NaN),
    picky: field(nonNull(Picky), "3", "nothing"),
    thing: field(Thing, {}, {}),
    must: field(nonNull(Thing), {}, {}),
    strict: field(Strict, {}, "stranger"),
    named: field(Named, { __typename: "Thing" }, { __typename: "Thing" }),
    things: field(list(Thing), [{}, null, {}], "no list"),
    musts: field(nonNull(list(nonNull(Thing))), [{}, {}], [{}, null]),
    grid: field(list(list(nonNull(GraphQLInt))), [[1], [2, 3]], [[1], [2, null], 4]),
    slow: field(list(nonNull(Thing)), [{}, Promise.resolve({})], () => {
      const rejected = Promise.reject(new Error("slow"));
      // graphql-js leaves it unhandled when the item before it fails.
      rejected.catch(() => {});
      return [{}, rejected];
    }),
    loose: field(list(nonNull(Thing)), [], () => [null, Promise.reject(new Error("loose"))]),
  }),
});
const schema = new GraphQLSchema({ query: Thing, types: [Thing] });

const shown = (errors: readonly GraphQLError[] = []) => errors.map((error) => JSON.stringify(error));

function compile(text: string) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const kept = {
    constants: new ConstantSelections(() => undefined),
    owners: new OwnerTexts(),
    entities: new EntityTexts(() => undefined, Object),
  };
  return { document, run: compileOperation(schema, document, getOperationAST(document)!, {}, kept) };
}

async function both(text: string) {
  const { document, run } = compile(text);
  const expected = await execute({ schema, document });
  const { data, errors } = await run({}, 1, {});
  return { expected, data, errors };
}

describe("a field that fails", () => {
  test.each([
    "{ a: int(do: THROW) b: int(do: WRONG) int }",
    "{ int picky(do: THROW) }",
    "{ thing { int float(do: WRONG) } int(do: RETURN_ERROR) }",
    "{ thing { must { must(do: NULL) { int } } } }",
    "{ things { i: int(do: THROW) thing { picky(do: WRONG) } } }",
    "{ things { float(do: THROW) } again: things(do: WRONG) { int } }",
    "{ thing { musts { musts { float } float(do: WRONG) } } musts { int } }",
    "{ thing { musts(do: WRONG) { int } } }",
    "{ grid other: grid(do: WRONG) }",
    "{ named { __typename ... on Thing { float(do: THROW) } } strict(do: WRONG) { int } }",
    "{ named { ... on Thing { things { strict { int(do: THROW) } } } } }",
    "{ musts { thing { int } thing { int float(do: THROW) } } }",
  ])("is answered as by graphql-js: %s", async (text) => {
    const { expected, data, errors } = await both(text);
    expect(expected.errors).toBeDefined();
    expect(data).toBe(JSON.stringify(expected.data));
    expect(shown(errors)).toEqual(shown(expected.errors));
  });

  test.each([
    "{ int(do: REJECT) thing(do: LATER) { float(do: REJECT) int } }",
    "{ thing { int must(do: LATER) { must(do: LATER_NULL) { int } } float } int }",
    "{ slow { i: int(do: REJECT) } again: slow(do: WRONG) { int } }",
    "{ musts(do: LATER) { musts(do: LATER) { thing(do: LATER) { picky(do: REJECT) } } } }",
    "{ int float(do: REJECT) }",
  ])("later is answered as by graphql-js: %s", async (text) => {
    const { expected, data, errors } = await both(text);
    expect(expected.errors).toBeDefined();
    expect(data).toBe(JSON.stringify(expected.data));
    expect(shown(errors).sort()).toEqual(shown(expected.errors).sort());
  });
});

test("promises behind an item that failed are not left unhandled, which would end the process", async () => {
  const { data, errors } = await compile("{ loose(do: WRONG) { int } }").run({}, 1, {});
  expect(data).toBe('{"loose":null}');
  expect(errors).toHaveLength(1);
  await new Promise((turn) => setTimeout(turn, 10));
});

const LEAVES = ["int", "float", "picky"];
const BRANCHES = ["thing", "must", "strict", "named", "things", "musts"];

/** Selections of some fields that do any of some deeds. */
function selections(deeds: readonly Deed[], branches: readonly string[]): fc.Arbitrary<string> {
  const deed = fc.oneof({ weight: 3, arbitrary: fc.constant("VALUE") }, fc.constantFrom(...deeds));
  const leaf = (names: readonly string[]) =>
    fc.tuple(fc.constantFrom(...names), deed).map(([name, does]) => `${name}(do: ${does})`);
  const aliased = (fields: readonly string[]) => `{ ${fields.map((text, f) => `f${f}: ${text}`).join(" ")} }`;
  const { tree } = fc.letrec<{ tree: string; branch: string }>((tie) => ({
    tree: fc
      .array(fc.oneof({ maxDepth: 3 }, leaf([...LEAVES, "grid"]), tie("branch")), {
        minLength: 1,
        maxLength: 3,
      })
      .map(aliased),
    branch: fc
      .tuple(fc.constantFrom(...branches), deed, tie("tree"))
      .map(([name, does, below]) =>
        name === "strict"
          ? `strict(do: ${does}) { int }`
          : `${name}(do: ${does}) ${name === "named" ? `{ ... on Thing ${below} }` : below}`,
      ),
  }));
  return tree;
}

test("any operation whose fields fail at once has the data and the errors of graphql-js", async () => {
  await fc.assert(
    fc.asyncProperty(selections(AT_ONCE, BRANCHES), async (text) => {
      const { expected, data, errors } = await both(text);
      expect(data).toBe(JSON.stringify(expected.data));
      expect(shown(errors)).toEqual(shown(expected.errors));
    }),
    { numRuns: 300 },
  );
});

/** Whether the answer has a null at the whole of a path, so that the error there took nothing else along. */
function isNullAt(data: unknown, path: readonly (string | number)[]): boolean {
  let value: unknown = data;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return false;
    value = Reflect.get(value, key);
  }
  return value === null;
}

test("any operation whose fields fail later has the data of graphql-js, and the errors of the fields that are null by themselves", async () => {
  await fc.assert(
    fc.asyncProperty(selections(LATER, [...BRANCHES, "slow"]), async (text) => {
      const { expected, data, errors } = await both(text);
      const { data: expectedData, errors: expectedErrors } = expected;
      expect(data).toBe(JSON.stringify(expectedData));
      // Of several fields that take the same object along, any may be reported: the first to fail.
      const own = (all: readonly GraphQLError[] = []) =>
        shown(all.filter(({ path }) => isNullAt(expectedData, path!))).sort();
      expect(own(errors)).toEqual(own(expectedErrors));
      expect(errors.length > 0).toBe(expectedErrors !== undefined);
      for (const { message, path } of errors)
        if (message.startsWith("at ")) expect(message).toBe(`at ${path!.join(".")}`);
    }),
    { numRuns: 300 },
  );
});
