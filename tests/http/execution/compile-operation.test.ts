import {
  execute,
  GraphQLBoolean,
  GraphQLEnumType,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  getIntrospectionQuery,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { describe, expect, test } from "vitest";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";

/** An entity, by whose number constant fields are kept. */
class Entity {
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

const keyOf = (source: unknown) => (source instanceof Entity ? source.number : undefined);

/** How often the constant field was resolved. */
let resolved = 0;

const Day = new GraphQLScalarType<string, string>({
  name: "Day",
  serialize: (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value)),
});
const Colour = new GraphQLEnumType({ name: "Colour", values: { RED: { value: 0 }, BLUE: { value: 1 } } });
const Named = new GraphQLInterfaceType({
  name: "Named",
  fields: { name: { type: new GraphQLNonNull(GraphQLString) } },
});
const Cat: GraphQLObjectType = new GraphQLObjectType({
  name: "Cat",
  interfaces: [Named],
  isTypeOf: (value) => value instanceof Map,
  fields: () => ({
    name: { type: new GraphQLNonNull(GraphQLString), resolve: (cat) => cat.get("name") },
    lives: { type: GraphQLInt, resolve: () => 9 },
    friend: { type: Named, resolve: () => ({ __typename: "Dog", name: "Rex" }) },
  }),
});
const Dog = new GraphQLObjectType({
  name: "Dog",
  interfaces: [Named],
  fields: { name: { type: new GraphQLNonNull(GraphQLString) }, barks: { type: GraphQLBoolean } },
});
const Pet = new GraphQLUnionType({ name: "Pet", types: [Cat, Dog] });
const SlowCat = new GraphQLObjectType({
  name: "SlowCat",
  isTypeOf: async () => true,
  fields: { name: { type: GraphQLString } },
});
const SlowPet = new GraphQLUnionType({ name: "SlowPet", types: [Dog], resolveType: async () => "Dog" });
const Kept = new GraphQLObjectType({
  name: "Kept",
  fields: {
    number: { type: GraphQLInt, extensions: { isConstant: true } },
    name: {
      type: GraphQLString,
      extensions: { isConstant: true },
      resolve: ({ number }, _args, { version }) => {
        resolved++;
        return `n${number} of ${version}`;
      },
    },
    twice: { type: GraphQLInt, resolve: ({ number }) => 2 * number },
  },
});
const cat = new Map([["name", 'To"m\n\u2028é']]);
const list = (type: GraphQLScalarType) => new GraphQLList(type);
const Query: GraphQLObjectType = new GraphQLObjectType({
  name: "Query",
  fields: () => ({
    int: { type: GraphQLInt, resolve: () => -7 },
    ints: { type: list(GraphQLInt), resolve: () => new Set([1, 2, 3]) },
    float: { type: GraphQLFloat, resolve: () => 0.1 },
    large: { type: GraphQLFloat, resolve: () => 1e21 },
    id: { type: GraphQLID, resolve: () => 12 },
    text: { type: GraphQLString, resolve: () => true },
    yes: { type: GraphQLBoolean, resolve: async () => true },
    day: { type: Day, resolve: () => new Date(0) },
    colour: { type: Colour, resolve: () => 1 },
    nothing: { type: GraphQLString, resolve: () => undefined },
    none: { type: list(GraphQLInt), resolve: () => [] },
    holes: { type: list(GraphQLInt), resolve: () => [1, null, Promise.resolve(3), undefined] },
    grid: {
      type: new GraphQLList(list(GraphQLInt)),
      resolve: async () => [[1], Promise.resolve([2, 3]), null],
    },
    later: {
      type: Query,
      // biome-ignore lint/suspicious/noThenProperty: promises of others are objects with this method
      resolve: () => ({ then: Promise.prototype.then.bind(Promise.resolve({})) }),
    },
    pets: {
      type: new GraphQLList(Pet),
      resolve: () => [cat, Promise.resolve({ __typename: "Dog", name: "Rex" })],
    },
    named: { type: Named, resolve: () => cat },
    dog: { type: Dog, resolve: () => ({ name: () => "a method", barks: false }) },
    greet: {
      type: GraphQLString,
      args: { name: { type: GraphQLString, defaultValue: "you" }, times: { type: GraphQLInt } },
      resolve: (_source, { name, times }, { version }) => `${name} ${times} ${version}`,
    },
    field: {
      type: GraphQLString,
      resolve: (_source, _args, _context, info) => info.fieldName + info.path.key,
    },
    entities: {
      type: new GraphQLList(Kept),
      resolve: () => [1, 2, 1, 1025, 2].map((number) => new Entity(number)),
    },
    few: { type: new GraphQLList(Kept), resolve: () => [1, 2, 1].map((number) => new Entity(number)) },
    slowCat: { type: SlowCat, resolve: () => ({}) },
    slowPet: { type: SlowPet, resolve: () => ({}) },
  }),
});
const schema = new GraphQLSchema({ query: Query, types: [Cat, Dog] });

function prepare(
  text: string,
  variables: Record<string, unknown> = {},
  constants = new ConstantSelections(keyOf),
) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document)!;
  const entities = new EntityTexts(keyOf, Object);
  const compiled = compileOperation(schema, document, operation, variables, {
    constants,
    owners: new OwnerTexts(),
    entities,
  });
  /** The data alone, of an answer without errors. */
  const dataOf = (context: unknown, revision: number) => {
    const executed = compiled(context, revision, variables);
    if (executed instanceof Promise) throw new Error("expected an answer at once");
    expect(executed.errors).toEqual([]);
    return executed.data;
  };
  return { document, compiled, dataOf };
}

describe("a compiled operation", () => {
  test.each([
    ["leaves", "{ int ints float large id text yes day colour nothing none holes grid field }", {}],
    ["aliases", "{ a: int b: int int c: field }", {}],
    ["what comes later", "{ yes later { yes int later { yes } } int }", {}],
    ["the type's name", "{ __typename named { __typename } pets { __typename } }", {}],
    [
      "fields of several selections",
      "{ dog { name } ...F dog { barks } } fragment F on Query { dog { n: name } }",
      {},
    ],
    [
      "abstract types",
      "{ pets { ... on Named { name } ... on Cat { lives friend { name ... on Dog { barks } } } ...D } named { name } } fragment D on Dog { barks }",
      {},
    ],
    ["nothing", "{ dog { barks @skip(if: true) } named { ... on Dog { barks } } }", {}],
    ["arguments", '{ greet a: greet(name: "A", times: 2) b: greet(name: null) }', {}],
    [
      "variables",
      "query ($name: String, $times: Int = 3) { greet(name: $name, times: $times) b: greet(times: $times) }",
      { times: 3 },
    ],
    [
      "conditions",
      "query ($a: Boolean!, $b: Boolean!) { int @include(if: $a) float @skip(if: $a) ... @include(if: $b) { id } ...F @skip(if: $b) } fragment F on Query { text }",
      { a: true, b: false },
    ],
    ["entities", "{ entities { number name } more: entities { number twice } }", {}],
    ["introspection", getIntrospectionQuery(), {}],
  ])("writes %s as graphql-js does", async (_what, text, variables) => {
    const { document, compiled } = prepare(text, variables);
    const contextValue = { version: 1 };
    const expected = await execute({ schema, document, variableValues: variables, contextValue });
    expect(expected.errors).toBeUndefined();
    for (let time = 0; time < 3; time++)
      expect(await compiled(contextValue, 1, variables)).toMatchObject({
        data: JSON.stringify(expected.data),
        errors: [],
      });
  });

  test("answers at once when nothing comes later", () => {
    expect(prepare("{ int dog { name } }").dataOf({}, 1)).toBe('{"int":-7,"dog":{"name":"a method"}}');
  });

  test("writes constant fields of an entity once for each revision", () => {
    const { dataOf } = prepare("{ few { number name } }");
    resolved = 0;
    const first = dataOf({ version: "A" }, 1);
    expect(resolved).toBe(2);
    expect(dataOf({ version: "B" }, 1)).toBe(first);
    expect(resolved).toBe(2);
    expect(dataOf({ version: "B" }, 2)).toBe(String(first).replaceAll("A", "B"));
    expect(resolved).toBe(4);
  });

  test("shares what was written of entities with the operations that select the same", () => {
    const constants = new ConstantSelections((source) => (source as Entity).number);
    const first = prepare("{ few { number name } }", {}, constants);
    const second = prepare("{ more: few { number name } few { name number } }", {}, constants);
    resolved = 0;
    first.dataOf({ version: "A" }, 1);
    expect(resolved).toBe(2);
    const more =
      '[{"number":1,"name":"n1 of A"},{"number":2,"name":"n2 of A"},{"number":1,"name":"n1 of A"}]';
    expect(second.dataOf({ version: "A" }, 1)).toContain(
      `"more":${more},"few":[{"name":"n1 of A","number":1}`,
    );
    // The other order is another selection.
    expect(resolved).toBe(4);
  });

  test("keeps the texts of a few selections only, and no long ones", () => {
    const constants = new ConstantSelections((source) => (source as Entity).number);
    for (let alias = 0; alias < 40; alias++) {
      const { dataOf } = prepare(`{ few { a${alias}: name } }`, {}, constants);
      resolved = 0;
      for (let time = 0; time < 2; time++)
        expect(dataOf({ version: "A" }, 1)).toContain(`"a${alias}":"n2 of A"`);
      expect(resolved).toBe(alias < 32 ? 2 : 6);
    }
    const long = prepare("{ few { name } }");
    resolved = 0;
    for (let time = 0; time < 2; time++) long.dataOf({ version: "A".repeat(1_000) }, 1);
    expect(resolved).toBe(6);
  });

  test.each([
    ["isTypeOf", "{ slowCat { name } }"],
    ["resolveType", "{ slowPet { __typename } }"],
  ])("fails as a whole where %s returns a promise, which is not supported", async (_what, text) => {
    const { document, compiled } = prepare(text);
    expect((await execute({ schema, document })).errors).toBeUndefined();
    expect(() => compiled({}, 1, {})).toThrow("got a promise");
  });

  test("is a query", () => {
    const document = parse("subscription { int }");
    expect(() =>
      compileOperation(
        schema,
        document,
        getOperationAST(document)!,
        {},
        {
          constants: new ConstantSelections(keyOf),
          owners: new OwnerTexts(),
          entities: new EntityTexts(keyOf, Object),
        },
      ),
    ).toThrow("expected a query");
  });
});
