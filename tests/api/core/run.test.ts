import { expect, test } from "vitest";
import { memo } from "../../../src/api/core/run.ts";

test("each key is computed once, with what was given first", () => {
  const asked: string[] = [];
  const lengthOf = memo((key: { readonly name: string }, given: string) => {
    asked.push(`${key.name} ${given}`);
    return undefined;
  });
  const [a, b] = [{ name: "a" }, { name: "b" }];
  for (const key of [a, b, a, a]) lengthOf(key, "first");
  expect(asked).toEqual(["a first", "b first"]);
});

test("a promise is shared, and forgotten when it rejects", async () => {
  let attempts = 0;
  const attempt = memo(async (_key: object) => {
    attempts += 1;
    if (attempts === 1) throw new Error("too busy");
    return attempts;
  });
  const key = {};
  const both = [attempt(key), attempt(key)];
  expect(both[0]).toBe(both[1]);
  await expect(Promise.all(both)).rejects.toThrow("too busy");
  expect(await attempt(key)).toBe(2);
  expect(await attempt(key)).toBe(2);
});
