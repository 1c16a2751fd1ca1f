import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { graphFile, graphFileSchema } from "../../src/seeding/graph-file.ts";

const PUBLISHED = join(import.meta.dirname, "..", "..", "schema", "graph.schema.json");

test("the published schema of the graph file is what the code validates with", () => {
  expect(graphFileSchema()).toBe(readFileSync(PUBLISHED, "utf8"));
});

test("every key of a row says what it is for", () => {
  const rows = Object.values(graphFile.shape).flatMap((list) => {
    const element = list.unwrap();
    return element instanceof z.ZodArray ? [element.element] : [];
  });
  expect(rows).toHaveLength(6);
  const silent = rows.flatMap((row) =>
    Object.entries(row.shape).flatMap(([key, schema]) =>
      describes(schema) ? [] : [`${row.description ?? "?"} ${key}`],
    ),
  );
  expect(silent).toEqual([]);
});

/** Whether a key, or what it may hold, has a description; editors show the nearest. */
function describes(schema: z.core.$ZodType): boolean {
  if (z.globalRegistry.get(schema)?.description !== undefined) return true;
  return (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) && describes(schema.unwrap());
}
