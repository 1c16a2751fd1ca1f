import fc from "fast-check";
import {
  execute,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  getOperationAST,
  parse,
} from "graphql";
import { expect, test } from "vitest";
import { ofOwners } from "../../../src/api/core/kept.ts";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";

interface Owner {
  readonly __typename: string;
  readonly index: number;
}

/** Entities from 0, of two types in turn; those of 7, 17, 27 … fail. */
const ownerAt = (index: number): Owner => ({ __typename: index % 2 === 0 ? "Even" : "Odd", index });
let resolved = 0;

const index = {
  type: new GraphQLNonNull(GraphQLInt),
  extensions: { isConstant: true },
  resolve: ({ index }: Owner) => {
    resolved++;
    if (index % 10 === 7) throw new Error(`no ${index}`);
    return index;
  },
};
const Named = new GraphQLInterfaceType({ name: "Named", fields: { index } });
const fields = { index, other: { type: GraphQLInt, resolve: () => 1 } };
const Even = new GraphQLObjectType({ name: "Even", interfaces: [Named], fields });
const Odd = new GraphQLObjectType({ name: "Odd", interfaces: [Named], fields });

type Lists = readonly (readonly number[])[];
const Row: GraphQLObjectType = new GraphQLObjectType({
  name: "Row",
  fields: {
    all: {
      type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Named))),
      extensions: ofOwners((row: readonly number[]) => row),
      resolve: (row: readonly number[]) => row.map(ownerAt),
    },
    first: {
      type: new GraphQLNonNull(Named),
      extensions: ofOwners((row: readonly number[]) => row[0] ?? 0),
      resolve: (row: readonly number[]) => ownerAt(row[0] ?? 0),
    },
  },
});
const schema = new GraphQLSchema({
  query: new GraphQLObjectType<unknown, Lists>({
    name: "Query",
    fields: { rows: { type: new GraphQLList(Row), resolve: (_root, _args, lists) => lists } },
  }),
  types: [Even, Odd],
});

const KEPT = "{ rows { all { index } again: all { __typename index } first { index } } }";
const NOT_KEPT = "{ rows { all { ... on Even { other } index } } }";

function compiled(query: string, owners: OwnerTexts) {
  const document = parse(query);
  const constants = new ConstantSelections(() => undefined);
  const entities = new EntityTexts(() => undefined, Object);
  const kept = { constants, owners, entities };
  const run = compileOperation(schema, document, getOperationAST(document)!, {}, kept);
  return async (lists: Lists, revision: number) => {
    const { data, errors } = await run(lists, revision, {});
    return { data: JSON.parse(data), errors: errors.map((error) => error.toJSON()) };
  };
}

test("fields of owners are written as graphql-js does, kept or not, and whatever fails", async () => {
  const owners = new OwnerTexts();
  const all = [KEPT, NOT_KEPT].map((query) => ({ query, answer: compiled(query, owners) }));
  // Owners a power of two apart share a place.
  const owner = fc.oneof(
    fc.nat(20),
    fc.nat(20).map((index) => index + 1024),
  );
  const lists = fc.array(fc.array(owner, { maxLength: 4 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(lists, fc.nat(2), async (contextValue, revision) => {
      for (const { query, answer } of all) {
        const { data, errors = [] } = await execute({ schema, document: parse(query), contextValue });
        const expected = JSON.parse(JSON.stringify({ data, errors }));
        expect(JSON.parse(JSON.stringify(await answer(contextValue, revision)))).toEqual(expected);
      }
    }),
    { numRuns: 300 },
  );
});

test("an owner's fields are resolved once for a revision, and anew for the next", async () => {
  const answer = compiled("{ rows { all { index } } }", new OwnerTexts());
  const calls = async (lists: Lists, revision: number) => {
    const before = resolved;
    await answer(lists, revision);
    return resolved - before;
  };
  expect(await calls([[1], [2, 3]], 1)).toBeGreaterThan(0);
  expect(await calls([[3], [1, 2], [2]], 1)).toBe(0);
  expect(await calls([[3], [1, 2], [2]], 2)).toBeGreaterThan(0);
});
