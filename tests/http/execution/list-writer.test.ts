import { setImmediate as turn } from "node:timers/promises";
import { buildSchema, execute, getOperationAST, parse } from "graphql";
import { expect, test } from "vitest";
import { compileOperation } from "../../../src/http/execution/compile-operation.ts";
import { ConstantSelections } from "../../../src/http/execution/constant-selections.ts";
import { EntityTexts } from "../../../src/http/execution/entity-texts.ts";
import { OwnerTexts } from "../../../src/http/execution/owner-texts.ts";
import { SLICE_MS } from "../../../src/workers/limits.ts";
import { inTurn } from "../../../src/workers/slices.ts";

const schema = buildSchema(`
  type Query { box: Box slow: Int! }
  type Box { rows: [Row!]! }
  type Row { slow: Int! cells: [Cell!]! }
  type Cell { at: Int! }
`);
const ROWS = 60;
const CELLS = 10;
const text = "{ box { rows { slow cells { at again: at } } } }";

/** A list of rows, one of which takes so long that a turn of the event loop has room for four. */
function box(fails?: number, rejects?: number) {
  const slow = (row: number) => {
    const end = performance.now() + SLICE_MS / 4;
    while (performance.now() < end);
    if (row === fails) throw new Error(`row ${row} fails`);
    return row;
  };
  const cells = Array.from({ length: CELLS }, (_, at) => ({ at }));
  return {
    rows: () =>
      Array.from({ length: ROWS }, (_, row) =>
        row === rejects
          ? Promise.reject(new Error(`row ${row} is not there`))
          : { slow: () => slow(row), cells },
      ),
  };
}

/** The answer to the query, and in how many turns of the event loop it was made. */
async function answer(value: object, asked = text) {
  const none = {
    constants: new ConstantSelections(() => undefined),
    owners: new OwnerTexts(),
    entities: noTexts(),
  };
  schema.getQueryType()!.getFields().box!.resolve = () => value;
  const document = parse(asked);
  const run = compileOperation(schema, document, getOperationAST(document)!, {}, none);
  let turns = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turns++) await turn();
  })();
  await turn();
  const executed = await inTurn(() => run({}, 1, {}));
  isOver = true;
  await counting;
  return { ...executed, turns };
}

const noTexts = () =>
  new EntityTexts(
    () => undefined,
    () => ({}),
  );

test("a list that takes long is written in several turns of the event loop", async () => {
  const { data, errors, turns, written } = await answer(box());
  expect(errors).toEqual([]);
  expect(JSON.parse(data)).toEqual((await execute({ schema, document: parse(text) })).data);
  expect(turns).toBeGreaterThan(ROWS / 15);
  expect(written).toBe(3 + ROWS * (3 + 3 * CELLS) - 1);
});

test("a field that fails in a later turn fails what is around it", async () => {
  const { data, errors } = await answer(box(ROWS - 1));
  expect(JSON.parse(data)).toEqual({ box: null });
  expect(errors.map(({ path }) => path)).toEqual([["box", "rows", ROWS - 1, "slow"]]);
});

test("an item that is refused before its turn ends nothing but the answer around it", async () => {
  const { data, errors } = await answer(box(undefined, ROWS - 1));
  await turn();
  expect(JSON.parse(data)).toEqual({ box: null });
  expect(errors.map(({ message }) => message)).toEqual([`row ${ROWS - 1} is not there`]);
});

test("root fields that take long are written in several turns of the event loop", async () => {
  const aliases = Array.from({ length: ROWS }, (_, nth) => `a${nth}: slow`);
  const asked = `{ ${aliases.join(" ")} end: box { rows { slow } } }`;
  let called = 0;
  schema.getQueryType()!.getFields().slow!.resolve = () => {
    const end = performance.now() + SLICE_MS / 4;
    while (performance.now() < end);
    return called++;
  };
  const { data, turns } = await answer({ rows: [] }, asked);
  expect(turns).toBeGreaterThan(ROWS / 15);
  expect(Object.values(JSON.parse(data))).toEqual([...Array(ROWS).keys(), { rows: [] }]);
});
