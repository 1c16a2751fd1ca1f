import {
  execute,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import { beforeEach, expect, test } from "vitest";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";

/** Entities with rows below them: what is written of them is kept with what their rows were read through. */

interface Rows {
  readonly names: readonly string[];
  fails?: boolean;
}
interface Context {
  readonly rows: Rows;
}

/** How many rows were read. */
let reads = 0;
beforeEach(() => {
  reads = 0;
});

const ofRevision = { isOfRevision: true };
const Row: GraphQLObjectType = new GraphQLObjectType({
  name: "Row",
  fields: () => ({
    name: {
      type: new GraphQLNonNull(GraphQLString),
      extensions: ofRevision,
      resolve: ({ at }, _args, { rows }: Context) => {
        if (rows.fails) throw new Error("no such row");
        return rows.names[at];
      },
    },
    entity: { type: Entity, extensions: ofRevision, resolve: ({ at }) => ({ number: at }) },
    asked: { type: GraphQLInt, resolve: () => reads },
  }),
});
const Entity: GraphQLObjectType = new GraphQLObjectType({
  name: "Entity",
  fields: {
    number: { type: GraphQLInt, extensions: { isConstant: true } },
    rows: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Row))),
      args: { first: { type: GraphQLInt } },
      extensions: ofRevision,
      resolve: async ({ number }, { first }) => {
        reads++;
        return [{ at: number }, { at: number + 1 }].slice(0, first ?? 2);
      },
    },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      entities: {
        type: new GraphQLList(Entity),
        resolve: () => [0, 1, 0].map((number) => ({ number })),
      },
    },
  }),
});

const keyOf = (source: unknown) =>
  typeof source === "object" && source !== null && "number" in source ? Number(source.number) : undefined;

function prepare(text: string, variables: Record<string, unknown> = {}) {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  const kept = {
    constants: new ConstantSelections(keyOf),
    owners: new OwnerTexts(),
    entities: new EntityTexts(keyOf, (context) => (context as Context).rows),
  };
  const run = compileOperation(schema, document, getOperationAST(document)!, variables, kept);
  /** Executes it both ways and returns how many rows ours has read. */
  return async (rows: Rows) => {
    const contextValue: Context = { rows };
    const expected = await execute({ schema, document, contextValue, variableValues: variables });
    reads = 0;
    const { data, errors } = await run(contextValue, 1, variables);
    const own = { data: JSON.parse(data), ...(errors.length > 0 && { errors }) };
    expect(JSON.stringify(own)).toBe(
      JSON.stringify({
        data: expected.data,
        ...(expected.errors !== undefined && { errors: expected.errors }),
      }),
    );
    return reads;
  };
}

const rows = (...names: string[]): Rows => ({ names });

test("reads the rows of an entity once for a revision, and anew at the next", async () => {
  const ask = prepare("{ entities { number rows { name } } }");
  const first = rows("a", "b", "c");
  // An operation that comes once keeps nothing; and the same entity twice in one answer is not yet there when it comes again.
  for (let time = 0; time < 2; time++) expect(await ask(first)).toBe(3);
  expect(await ask(first)).toBe(0);
  expect(await ask(rows("A", "B", "C"))).toBe(3);
});

test("keeps what fragments and entities below entities select", async () => {
  const ask = prepare(
    "{ entities { ...E rows { ... on Row { entity { rows(first: 1) { name } } } } } } fragment E on Entity { number }",
  );
  const one = rows("a", "b", "c", "d");
  for (let time = 0; time < 2; time++) expect(await ask(one)).toBeGreaterThan(0);
  expect(await ask(one)).toBe(0);
});

test.each([
  ["a field that does not say that it is of the revision", "{ entities { rows { name asked } } }", {}],
  ["the same in a fragment", "{ entities { rows { ...R } } } fragment R on Row { asked }", {}],
  ["a variable", "query ($n: Int) { entities { rows(first: $n) { name } } }", { n: 1 }],
])("keeps nothing with %s", async (_what, text, variables) => {
  const document = parse(text);
  const kept = {
    constants: new ConstantSelections(keyOf),
    owners: new OwnerTexts(),
    entities: new EntityTexts(keyOf, (context) => (context as Context).rows),
  };
  const run = compileOperation(schema, document, getOperationAST(document)!, variables, kept);
  const context = { rows: rows("a", "b", "c") };
  for (let time = 1; time <= 2; time++) {
    await run(context, 1, variables);
    expect(reads).toBe(3 * time);
  }
});

test("keeps nothing that failed", async () => {
  const ask = prepare("{ entities { rows { name } } }");
  const failing = { names: ["a", "b", "c"], fails: true };
  expect(await ask(failing)).toBe(3);
  failing.fails = false;
  expect(await ask(failing)).toBe(3);
  expect(await ask(failing)).toBe(0);
});
