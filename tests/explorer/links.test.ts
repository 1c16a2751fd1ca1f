import { expect, test } from "vitest";
import { pathLink, valuesOf } from "../../src/explorer/links.ts";

const query = new URLSearchParams("role=backend-developer&known=git&known=python,sql&weeklyHours=10");

test("lists are read whether they repeat their name or have commas", () => {
  expect(valuesOf(query, "known")).toEqual(["git", "python", "sql"]);
  expect(valuesOf(query, "choose")).toEqual([]);
});

test("a link changes what it is told to and keeps the rest", () => {
  expect(pathLink(query)).toBe("/path?role=backend-developer&known=git,python,sql&weeklyHours=10");
  expect(pathLink(query, { known: ["a&b"], choose: ["java"], weeklyHours: "" })).toBe(
    "/path?role=backend-developer&known=a%26b&choose=java",
  );
});
