import { setImmediate as turn } from "node:timers/promises";
import { beforeEach, expect, test, vi } from "vitest";
import { LATER_SLICE_MS, SLICE_MS } from "../../src/workers/limits.ts";
import { inSlices, inTurn } from "../../src/workers/slices.ts";
import { hasSpareTime } from "../../src/workers/spare-time.ts";

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

test("what comes together is spread over turns of the event loop, in its order", async () => {
  await turn();
  let turns = 0;
  let isOver = false;
  const counting = (async () => {
    for (; !isOver; turns++) await turn();
  })();
  const done: { readonly name: number; readonly turn: number }[] = [];
  const work = (name: number) => {
    // A little more than half of what one turn may take.
    const end = performance.now() + 0.6 * SLICE_MS;
    while (performance.now() < end);
    done.push({ name, turn: turns });
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map((name) => inTurn(() => work(name))));
  isOver = true;
  await counting;
  expect(done.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5]);
  const perTurn = new Map<number, number>();
  for (const { turn } of done) perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1);
  expect(Math.max(...perTurn.values())).toBeLessThanOrEqual(2);
  expect(perTurn.size).toBeGreaterThanOrEqual(3);
});

test("what comes alone does not wait", async () => {
  await turn();
  const order: string[] = [];
  setImmediate(() => order.push("next turn"));
  await inTurn(() => order.push("work"));
  await turn();
  expect(order).toEqual(["work", "next turn"]);
});

/** A busy machine may take the processor away for longer than a slice, between two lines of a test. */
const MAY_BE_INTERRUPTED = { retry: 3 };

test("what running work begins is a part of it, even while others wait", MAY_BE_INTERRUPTED, async () => {
  await turn();
  const order: string[] = [];
  const outer = inTurn(() => {
    const waiting = inTurn(() => {
      spin();
      order.push("long");
    });
    expect(waiting).toBeUndefined();
  });
  const second = inTurn(() => {
    order.push("second begins");
    inTurn(() => order.push("its part"));
    order.push("second ends");
  });
  const third = inTurn(() => order.push("third"));
  await Promise.all([outer, second, third]);
  expect(order).toEqual(["long", "second begins", "its part", "second ends", "third"]);
});

test(
  "what running work begins goes on with it when others have used up the turn, for as long as its own slice lasts",
  MAY_BE_INTERRUPTED,
  async () => {
    const found: unknown[] = [];
    const spinFor = (ms: number) => {
      const end = performance.now() + ms;
      while (performance.now() < end);
    };
    const first = inTurn(() => spinFor(0.8 * SLICE_MS));
    const second = inTurn(() => {
      spinFor(0.4 * SLICE_MS);
      found.push(inTurn(() => "at once"));
      spinFor(SLICE_MS);
      found.push(inTurn(() => "later"));
    });
    await Promise.all([first, second]);
    expect(found).toEqual(["at once", expect.any(Promise)]);
  },
);

test("of what waits, that goes first which counts as waiting longest, and what it begins with it", async () => {
  const order: string[] = [];
  const now = performance.now();
  const work = (name: string, since?: number, then?: () => void) =>
    inTurn(() => {
      spin();
      order.push(name);
      then?.();
    }, since);
  work("first");
  let part: unknown;
  const waiting = [
    work("has caused much", now + 60_000),
    work("has caused little", now + 500, () => {
      part = work("a part of that");
    }),
    work("has caused nothing"),
    work("has caused some", now + 5_000),
  ];
  await Promise.all(waiting);
  await part;
  expect(order).toEqual([
    "first",
    "has caused nothing",
    "has caused little",
    "a part of that",
    "has caused some",
    "has caused much",
  ]);
});

test("work that nobody waits for does not wait for its turn either", async () => {
  let begun = 0;
  const left = new AbortController();
  const work = () => {
    begun++;
    left.signal.throwIfAborted();
  };
  inTurn(spin);
  const waiting = inTurn(work, performance.now() + 60_000, left.signal);
  expect(begun).toBe(0);
  left.abort(new Error("has left"));
  expect(begun).toBe(1);
  await expect(waiting).rejects.toThrow("has left");
  expect(() => inTurn(work, performance.now() + 60_000, left.signal)).toThrow("has left");
  await turn();
  expect(begun).toBe(2);
});

test("what has begun and can wait goes on only in time that nobody else needs", async () => {
  let done = 0;
  const search = function* () {
    for (; done < 400; done++) {
      const end = performance.now() + 1;
      while (performance.now() < end);
      yield;
    }
  };
  await vi.waitFor(() => expect(hasSpareTime()).toBe(true), 10_000);
  const later = inSlices(search(), undefined, performance.now() + 60_000);
  await vi.waitFor(() => expect(done).toBeGreaterThan(0), 10_000);
  // Others keep the thread busy, each for less than a slice.
  const short = () => {
    const end = performance.now() + SLICE_MS / 2;
    while (performance.now() < end);
  };
  const busy = async (ms: number) => {
    const end = performance.now() + ms;
    while (performance.now() < end) {
      await inTurn(short);
      await turn();
    }
  };
  await busy(200);
  const before = done;
  await busy(300);
  expect(done - before).toBeLessThan(10);
  expect(done).toBeLessThan(400);
  await later;
  expect(done).toBe(400);
});

test("work that can wait takes little of each turn, however much of it there is", async () => {
  let inTurnNow = 0;
  let most = 0;
  const piece = () => {
    const end = performance.now() + 1;
    while (performance.now() < end);
    if (inTurnNow++ === 0)
      queueMicrotask(() => {
        inTurnNow = 0;
      });
    most = Math.max(most, inTurnNow);
  };
  await vi.waitFor(() => expect(hasSpareTime()).toBe(true), 10_000);
  await Promise.all(Array.from({ length: 40 }, () => inTurn(piece, performance.now() + 60_000)));
  // Of a millisecond each. Ordinary work would have as many as `SLICE_MS`.
  expect(most).toBeLessThanOrEqual(LATER_SLICE_MS);
  expect(LATER_SLICE_MS).toBeLessThan(SLICE_MS);
});
