import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, expect, test } from "vitest";
import { inSlices, inTurn } from "../../src/workers/slices.ts";

/** Longer than a slice: whoever spins so long has used up the turn. */
const LONG_MS = 12;

function spin(): void {
  const end = performance.now() + LONG_MS;
  while (performance.now() < end);
}

// A new turn of the event loop, with nothing used of it.
beforeEach(() => turn());

test("what ends at once is returned at once", () => {
  const search = function* () {
    yield;
    return "found";
  };
  expect(inSlices(search())).toBe("found");
});

test("long searches take turns: between two of their slices the event loop comes round", async () => {
  const log: string[] = [];
  let isOver = false;
  const search = function* (name: string) {
    for (let at = 0; at < 3; at++) {
      spin();
      log.push(name);
      yield;
    }
    return name;
  };
  const others = (async () => {
    while (!isOver) {
      await turn();
      log.push("-");
    }
  })();
  const found = await Promise.all(["a", "b", "c"].map((name) => inSlices(search(name))));
  isOver = true;
  await others;
  expect(found).toEqual(["a", "b", "c"]);
  const text = log.join("");
  expect(text.replaceAll("-", "")).toHaveLength(9);
  expect(text).not.toMatch(/[abc]{2}/);
});

test("work that cannot be divided waits for its turn when the turn is used up", async () => {
  const order: string[] = [];
  const work = (name: string) =>
    inTurn(() => {
      spin();
      order.push(name);
      return name;
    });
  const first = work("first");
  const second = work("second");
  expect(first).toBe("first");
  expect(second).toBeInstanceOf(Promise);
  order.push("after");
  expect(await second).toBe("second");
  expect(order).toEqual(["first", "after", "second"]);
});

test("a search that throws ends with its error, and those behind it go on", async () => {
  const failing = function* () {
    spin();
    yield;
    throw new Error("no way");
  };
  const fine = function* () {
    spin();
    yield;
    return "found";
  };
  const results = await Promise.allSettled([inSlices(failing()), inSlices(fine())]);
  expect(results).toMatchObject([
    { status: "rejected", reason: { message: "no way" } },
    { status: "fulfilled", value: "found" },
  ]);
});
