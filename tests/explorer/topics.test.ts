import { expect, test } from "vitest";
import { isUnder } from "../../src/explorer/topics.ts";

const computing = { slug: "computing" };
const databases = { slug: "databases", partOf: [{ whole: computing }] };
const sql = { slug: "sql", partOf: [{ whole: { slug: "querying" } }, { whole: databases }] };

test("a skill is under itself and all that it is part of", () => {
  expect(["sql", "querying", "databases", "computing"].filter((topic) => isUnder(topic, sql))).toHaveLength(
    4,
  );
  expect(isUnder("sql", databases)).toBe(false);
  expect(isUnder("patience", sql)).toBe(false);
});
