import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import type { GraphRows } from "../../../src/store/rows/graph-rows.ts";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { mutate } from "../../support/mutate.ts";

let api: TestApi;
const rowsOf = () => readGraphRows(api.store.prisma);

describe("everything that a graph file can say", () => {
  const file = graphFile.parse(
    parse(readFileSync(join(import.meta.dirname, "../../support/full-graph.yaml"), "utf8")),
  );
  beforeAll(async () => {
    api = await openApi({ documents: file.documents });
  });
  afterAll(() => api.close());

  test("a mutation can say as well: the rows are the same", async () => {
    const lists = [
      ["Skill", file.skills],
      ["Resource", file.resources],
      ["Project", file.projects],
      ["Role", file.roles],
      ["Roadmap", file.roadmaps],
    ] as const;
    for (const [type, list] of lists)
      for (const row of list ?? [])
        expect(await mutate(api, `create${type}`, { input: inputOf(row) }), row.slug).toMatchObject({
          __typename: `${type}Write`,
          [type.toLowerCase()]: { slug: row.slug, name: row.name },
          written: { created: 1 },
        });
    expect(plain(await rowsOf())).toEqual(plain(toRows(file)));
  });

  test("an update that says the same changes nothing", async () => {
    const { revision } = api.store.snapshot();
    for (const { slug, ...row } of file.skills ?? []) {
      const { slug: _, ...input } = inputOf({ slug, ...row });
      expect(await mutate(api, "updateSkill", { slug, input })).toMatchObject({ written: { revision } });
      expect(await mutate(api, "updateSkill", { slug, input: {} })).toMatchObject({ written: { revision } });
    }
  });
});

/** A row of a graph file as an input. Reasons and citations of requirements are not for it to say. */
function inputOf(value: object): Record<string, unknown> {
  const names: Record<string, string> = {
    brief: "summary",
    cites: "citations",
    market: "marketFacts",
    optional: "optionalSkills",
  };
  const asInput = (key: string, item: unknown): unknown => {
    if (key === "requires") return requirement(item);
    if (/^(partOf|teaches|practises|optional)$/.test(key) && Array.isArray(item))
      return item.map((each) => {
        const { topic, skill = topic, ...rest } = typeof each === "string" ? { skill: each } : each;
        return inputOf({ skill, ...rest });
      });
    if (Array.isArray(item)) return item.map((each) => asInput("", each));
    return typeof item === "object" && item !== null ? inputOf(item) : item;
  };
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "formerSlugs")
      .map(([key, item]) => [names[key] ?? key, asInput(key, item)]),
  );
}

function requirement(written: unknown): object {
  if (typeof written === "string") return { skill: written };
  const { skill, allOf, anyOf, atLeast, of } = written as Record<string, unknown[]>;
  if (skill !== undefined) return { skill };
  if (allOf !== undefined) return { allOf: allOf.map(requirement) };
  if (anyOf !== undefined) return { anyOf: anyOf.map(requirement) };
  return { atLeast: { count: atLeast, of: of!.map(requirement) } };
}

/** What mutations can say of rows. */
function plain(rows: GraphRows) {
  const strip = (key: string, value: unknown): unknown => {
    if (key === "digest" || key === "origin" || key === "formerSlugs") return undefined;
    if (key === "requirement" && Array.isArray(value))
      return value.map((node) => ({ ...node, reason: null, citations: [] }));
    return value;
  };
  const { documents: _, ...others } = JSON.parse(JSON.stringify(rows, strip)) as Record<
    string,
    { slug: string }[]
  >;
  return Object.fromEntries(
    Object.entries(others).map(([list, of]) => [list, of.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))]),
  );
}
