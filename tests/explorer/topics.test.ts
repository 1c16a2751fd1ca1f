import { expect, test } from "vitest";
import { byTopic, topicOf } from "../../src/explorer/topics.ts";

/** joins → sql → databases (a topic) → computing (a topic). */
const computing = { slug: "computing", name: "Computing", kind: "TOPIC" };
const databases = { slug: "databases", name: "Databases", kind: "TOPIC", partOf: [{ whole: computing }] };
const sql = { slug: "sql", name: "SQL", kind: "LANGUAGE", partOf: [{ whole: databases }] };
const joins = { slug: "joins", name: "Joins", partOf: [{ whole: sql }] };
const alone = { slug: "patience", name: "Patience", partOf: [] };

test("a skill belongs to the nearest topic, or to the largest whole that is known", () => {
  expect(topicOf(joins)).toBe(databases);
  expect(topicOf(databases)).toBe(databases);
  expect(topicOf(alone)).toBe(alone);
});

test("sections and their items are in the order in which they first occur", () => {
  const sections = byTopic([joins, alone, sql], (skill) => skill);
  expect(sections.map(({ topic, items }) => [topic.slug, items.map(({ slug }) => slug)])).toEqual([
    ["databases", ["joins", "sql"]],
    ["patience", ["patience"]],
  ]);
});
