import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { MAX_TURN_MS } from "../../src/http/limits.ts";
import { whenThereIsTime } from "../../src/http/turn.ts";

test("what comes together is spread over turns of the event loop, in its order", async () => {
  await nextTurn();
  let turn = 0;
  let isOver = false;
  const turns = (async () => {
    for (; !isOver; turn++) await nextTurn();
  })();
  const done: { readonly name: number; readonly turn: number }[] = [];
  const work = (name: number) => {
    // A little more than half of what one turn may take.
    const end = performance.now() + 0.6 * MAX_TURN_MS;
    while (performance.now() < end);
    done.push({ name, turn });
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map((name) => whenThereIsTime(() => work(name))));
  isOver = true;
  await turns;
  expect(done.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5]);
  const perTurn = new Map<number, number>();
  for (const { turn } of done) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
  expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(2);
  expect(perTurn.size).toBeGreaterThanOrEqual(3);
});

test("what comes alone does not wait", async () => {
  await nextTurn();
  const order: string[] = [];
  setImmediate(() => order.push("next turn"));
  await whenThereIsTime(() => order.push("work"));
  await nextTurn();
  expect(order).toEqual(["work", "next turn"]);
});
