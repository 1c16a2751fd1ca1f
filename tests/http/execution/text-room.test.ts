import { GraphQLObjectType, GraphQLSchema, GraphQLString, getOperationAST, parse } from "graphql";
import { expect, test } from "vitest";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";
import { TextRoom } from "../../../src/http/execution/text-room.ts";
import { MAX_CONSTANT_TEXTS_LENGTH } from "../../../src/http/limits.ts";

test("forgets all texts when there is no room for another, and begins anew", () => {
  const room = new TextRoom();
  let forgotten = 0;
  for (let holder = 0; holder < 2; holder++) room.add({ forget: () => forgotten++ });
  expect(room.take(MAX_CONSTANT_TEXTS_LENGTH)).toBe(true);
  expect(forgotten).toBe(0);
  expect(room.take(1)).toBe(false);
  expect(forgotten).toBe(2);
  expect(room.take(MAX_CONSTANT_TEXTS_LENGTH)).toBe(true);
});

test("answers are the same while texts are forgotten, of entities that were kept as well", async () => {
  const LONG = 800;
  const Entity = new GraphQLObjectType<number>({
    name: "Entity",
    fields: {
      name: {
        type: GraphQLString,
        extensions: { isConstant: true },
        resolve: (number) => String(number).padStart(LONG),
      },
    },
  });
  const schema = new GraphQLSchema({
    query: new GraphQLObjectType<unknown, number>({
      name: "Query",
      fields: { entity: { type: Entity, resolve: (_root, _args, number) => number } },
    }),
  });
  const kept = {
    constants: new ConstantSelections(Number),
    owners: new OwnerTexts(),
    entities: new EntityTexts(() => undefined, Object),
  };
  const runs = Array.from({ length: 8 }, (_, nth) => {
    const document = parse(`{ entity { a${nth}: name } }`);
    return compileOperation(schema, document, getOperationAST(document)!, {}, kept);
  });
  // Eight selections of a thousand long texts, half as much again as there is room for.
  for (let time = 0; time < 2; time++)
    for (const [nth, run] of runs.entries())
      for (let number = 0; number < 1_000; number++) {
        const { data } = await run(number, 1, {});
        if (!data.includes(`"a${nth}":"${String(number).padStart(LONG)}"`))
          expect.fail(`selection ${nth} of ${number}: ${data}`);
      }
});
