import { expect, test } from "vitest";
import { shareThread } from "../../src/api/share-thread.ts";

function* counting(end: number, onStep: () => void): Generator<void, string> {
  for (let step = 0; step < end; step++) {
    onStep();
    yield;
  }
  return "done";
}

test("a short search is answered at once", () => {
  expect(shareThread(counting(0, () => {}))).toBe("done");
});

test("a long search lets others have their turn", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const busy = () => {
    const end = performance.now() + 1;
    while (performance.now() < end);
  };
  const answer = shareThread(counting(60, busy));
  expect(answer).toBeInstanceOf(Promise);
  expect(await answer).toBe("done");
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test("a fault in the search is a rejection or thrown, never lost", async () => {
  // biome-ignore lint/correctness/useYield: fails before its first pause
  const failing = function* (): Generator<void, string> {
    throw new Error("broken");
  };
  expect(() => shareThread(failing())).toThrow("broken");
});
