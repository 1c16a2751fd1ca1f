import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { AskedAgain } from "../../../src/http/execution/asked-again.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

function cacheOf(maxSize: number) {
  const forgotten: string[] = [];
  const cache = new AskedAgain<string, string>({
    maxSize,
    sizeOf: (value) => value.length,
    onForgotten: (value) => forgotten.push(value),
  });
  return { cache, forgotten };
}

test("what is asked for again is kept, however much is asked for once", () => {
  const { cache, forgotten } = cacheOf(40);
  cache.set("hot", "hot");
  vi.advanceTimersByTime(1_000);
  expect(cache.get("hot")).toBe("hot");
  for (let nth = 0; nth < 100; nth++) cache.set(`key ${nth}`, String(nth).padStart(2));
  expect(cache.get("hot")).toBe("hot");
  // A quarter of the room is theirs.
  expect(forgotten).toHaveLength(95);
  expect(cache.has("key 94")).toBe(false);
  expect(cache.has("key 95")).toBe(true);
});

test("a request that looks several times has asked once", () => {
  const { cache } = cacheOf(40);
  cache.set("once", "once");
  vi.advanceTimersByTime(999);
  expect(cache.get("once")).toBe("once");
  for (let nth = 0; nth < 10; nth++) cache.set(`key ${nth}`, "a");
  expect(cache.get("once")).toBeUndefined();
});

test("what is asked for again has a bound as well, and is told of when it goes", () => {
  const { cache, forgotten } = cacheOf(40);
  for (let nth = 0; nth < 40; nth++) {
    cache.set(`key ${nth}`, "a");
    vi.advanceTimersByTime(1_000);
    cache.get(`key ${nth}`);
  }
  expect(forgotten).toHaveLength(10);
  expect(cache.has("key 9")).toBe(false);
  expect(cache.has("key 10")).toBe(true);
});
