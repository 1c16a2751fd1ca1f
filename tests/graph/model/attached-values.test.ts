import { expect, test } from "vitest";
import { AttachedValues } from "../../../src/graph/model/attached-values.ts";

test("values are attached to the object itself, each under its own name, and can be seen by nobody else", () => {
  const hours = new AttachedValues<object, number>();
  const names = new AttachedValues<object, string>();
  const key = { slug: "git" };
  hours.set(key, 4);
  names.set(key, "Git");
  expect([hours.get(key), names.get(key)]).toEqual([4, "Git"]);
  expect(key).toEqual({ slug: "git" });
  expect(Object.keys(key)).toEqual(["slug"]);
  hours.set(key, 5);
  expect(hours.get(key)).toBe(5);
  hours.set(key, undefined);
  expect(hours.get(key)).toBeUndefined();
});

test("a copy of the object has no value: what was computed for a path does not hold for one made from it", () => {
  const hours = new AttachedValues<object, number>();
  const key = { slug: "git" };
  hours.set(key, 4);
  expect(hours.get({ ...key })).toBeUndefined();
  expect(hours.get(structuredClone(key))).toBeUndefined();
});
