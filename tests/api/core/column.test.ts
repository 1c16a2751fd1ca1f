import { expect, test } from "vitest";
import { columnDescription, tableDescription } from "../../../src/api/core/column.ts";

test("descriptions come from the comments of the Prisma schema", () => {
  expect(tableDescription("Skill")).toBe("Something that can be learned.");
  expect(columnDescription("Skill", "kind")).toBe("What sort of thing it is.");
});

test("what has no comment, or does not exist, fails when the schema is built", () => {
  expect(() => tableDescription("Skil")).toThrow("expected the Prisma model Skil to have a /// comment");
  expect(() => columnDescription("Skill", "id")).toThrow("expected the Prisma column Skill.id");
});
