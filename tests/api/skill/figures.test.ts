import { parse } from "csv-parse/sync";
import { DirectedGraph } from "graphology";
import { centrality } from "graphology-metrics";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { startTestServer, type TestServer } from "../../support/http.ts";

/** Skills by their figures, over HTTP. */

/** The orders by figures, with the field and the column of exports that say the same. */
const FIGURES = [
  { order: "DEPENDENT_SKILLS", field: "dependents", column: "dependents" },
  { order: "BLOCKING_FACTOR", field: "blockingFactor", column: "blocking_factor" },
  { order: "DELAY_FACTOR", field: "delayFactor", column: "delay_factor" },
  { order: "STRUCTURAL_COMPLEXITY", field: "structuralComplexity", column: "structural_complexity" },
  { order: "CENTRALITY", field: "centrality", column: "centrality" },
  { order: "REDUNDANT_PREREQUISITES", field: "redundantPrerequisites", column: "redundant_prerequisites" },
  { order: "BETWEENNESS", field: "betweenness", column: "betweenness" },
  { order: "TAUGHT_BY", field: "taughtBy", column: "taught_by" },
  { order: "PRACTISED_BY", field: "practisedBy", column: "practised_by" },
] as const;

type Row = Record<string, string>;

describe("of the shipped graph", () => {
  let server: TestServer;
  let rows: Row[];
  beforeAll(async () => {
    server = await startTestServer();
    rows = (await table("nodes.csv")).filter(({ kind }) => kind === "skill");
  });
  afterAll(() => server.close());

  async function table(name: string): Promise<Row[]> {
    return parse(await (await fetch(`${server.url}/export/${name}`)).text(), { columns: true });
  }

  /** All pages of a list, by first and after or by last and before. */
  async function all(args: string, isBackwards = false) {
    const nodes: { slug: string; metrics: Record<string, number> }[] = [];
    const fields = FIGURES.map(({ field }) => field).join(" ");
    for (let cursor = ""; ; ) {
      const page = isBackwards ? "last: 70" : "first: 70";
      const { data, errors } = await server.ask(
        `{ skills(${page}, ${cursor} ${args}) { totalCount pageInfo { startCursor endCursor hasNextPage hasPreviousPage } nodes { slug metrics { ${fields} } } } }`,
      );
      expect(errors).toEqual([]);
      const { pageInfo, totalCount, nodes: found } = data.skills;
      if (isBackwards) nodes.unshift(...found);
      else nodes.push(...found);
      if (isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage) {
        cursor = isBackwards ? `before: "${pageInfo.startCursor}"` : `after: "${pageInfo.endCursor}"`;
        continue;
      }
      expect(totalCount).toBe(nodes.length);
      return nodes;
    }
  }

  const compare = (a: Row, b: Row, column: string) =>
    Number(a[column]) - Number(b[column]) || (a.slug! < b.slug! ? -1 : 1);

  test.each(FIGURES)("the order by $order is that of the column", async ({ order, field, column }) => {
    const ascending = rows.toSorted((a, b) => compare(a, b, column));
    const upwards = await all(`orderBy: { field: ${order}, direction: ASC }`);
    expect(upwards.map(({ slug }) => slug)).toEqual(ascending.map(({ slug }) => slug));
    expect(upwards.map(({ metrics }) => metrics[field])).toEqual(ascending.map((row) => Number(row[column])));
    const downwards = await all(`orderBy: { field: ${order}, direction: DESC }`, true);
    expect(downwards).toEqual(upwards.toReversed());
  });

  test("filters keep what lies between the bounds, in any order and with any other condition", async () => {
    const kept = rows.filter(
      (row) =>
        row.type === "TOOL" &&
        Number(row.delay_factor) >= 2 &&
        Number(row.betweenness) <= 0.01 &&
        row.needed === "true",
    );
    expect(kept.length).toBeGreaterThan(3);
    const filter =
      "filter: { kinds: [TOOL], metrics: { delayFactor: { min: 2 }, betweenness: { max: 0.01, min: null }, isNeeded: true, blockingFactor: null } }";
    const byName = (await all(`${filter}, orderBy: { field: NAME }`)).map(({ slug }) => slug);
    const slugs = new Set(kept.map(({ slug }) => slug));
    const inAll = (await all("orderBy: { field: NAME }")).filter(({ slug }) => slugs.has(slug));
    expect(byName).toEqual(inAll.map(({ slug }) => slug));
    const byHours = (await all(`${filter}, orderBy: { field: HOURS }`, true)).map(({ slug }) => slug);
    expect(byHours).toEqual(kept.toSorted((a, b) => compare(a, b, "hours")).map(({ slug }) => slug));
  });

  test("what no role needs, nothing teaches and nothing practises is one question", async () => {
    const found = await all(
      "filter: { metrics: { taughtBy: { max: 0 }, practisedBy: { max: 0 }, isNeeded: false } }",
    );
    const expected = rows.filter(
      (row) => row.taught_by === "0" && row.practised_by === "0" && row.needed !== "true",
    );
    expect(found.map(({ slug }) => slug).sort()).toEqual(expected.map(({ slug }) => slug).sort());
  });

  test("bounds that nothing is between are told", async () => {
    const { errors } = await server.ask(
      "{ skills(filter: { metrics: { delayFactor: { min: 3, max: 2 } } }) { nodes { slug } } }",
    );
    expect(errors.map(({ message, extensions }) => [extensions.code, message])).toEqual([
      ["BAD_USER_INPUT", "Expected filter.metrics.delayFactor.min to be at most the max of 2, got 3."],
    ]);
  });
});

test("with a filter by figures, names come in the order of the database", async () => {
  const names = [
    "edX",
    "Docker",
    "Éclair",
    "eclair",
    "Eclair",
    "ärzte",
    "Arzt",
    "Zulu",
    "über",
    "a-b",
    "ab",
    "A b",
  ];
  names.push(
    "数据",
    "данные",
    "Data 10",
    "Data 2",
    "İ",
    "i",
    "C++",
    "C#",
    "C",
    ".NET",
    "_x",
    "ß",
    "ss",
    "🐍",
    "e\u0301clair",
  );
  const skills = names.map((name, at) => ({ slug: `s${at}`, name, hours: 1 }));
  const api = await openApi({ skills });
  try {
    for (const direction of ["ASC", "DESC"]) {
      const order = `orderBy: { field: NAME, direction: ${direction} }`;
      const asked = (filter: string, page: string) =>
        api.ask(`{ skills(${filter}, ${order}, ${page}) { nodes { name } pageInfo { endCursor } } }`);
      const namesOf = async (filter: string) => {
        const found: string[] = [];
        for (let after = ""; ; ) {
          const { data } = await asked(filter, `first: 5${after && `, after: "${after}"`}`);
          if (data.skills.nodes.length === 0) return found;
          for (const { name } of data.skills.nodes) found.push(name);
          after = data.skills.pageInfo.endCursor;
        }
      };
      const expected = await namesOf("filter: {}");
      expect(expected.toSorted()).toEqual(names.toSorted());
      expect(await namesOf("filter: { metrics: { blockingFactor: { min: 0 } } }")).toEqual(expected);
    }
  } finally {
    await api.close();
  }
});

describe("of a graph with alternatives", () => {
  const skills = [
    { slug: "a", name: "A", hours: 1 },
    { slug: "b", name: "B", hours: 1 },
    { slug: "c", name: "C", hours: 1, requires: { anyOf: ["a", "b"] } },
    { slug: "d", name: "D", hours: 1, requires: { allOf: ["b", "c"] } },
    { slug: "e", name: "E", hours: 1, requires: "d" },
    { slug: "f", name: "F", hours: 1, requires: { allOf: ["d", "e"] } },
  ];
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi({ skills });
  });
  afterAll(() => api.close());

  test("betweenness is that of graphology over the exported edges", async () => {
    const rows = async (name: string): Promise<Row[]> =>
      parse(await (await fetch(`${api.url}/export/${name}`)).text(), { columns: true });
    const graph = new DirectedGraph();
    const nodes = await rows("nodes.csv");
    for (const { id } of nodes) graph.addNode(id);
    for (const { source, target } of await rows("edges.csv")) graph.addEdge(source, target);
    const theirs = centrality.betweenness(graph);
    for (const { id, betweenness } of nodes) expect(Number(betweenness)).toBeCloseTo(theirs[id!]!, 12);
  });

  const page = (args: string) =>
    api.ask(`{ skills(${args}) { pageInfo { endCursor } nodes { slug metrics { centrality } } } }`);
  const BY_CENTRALITY = "orderBy: { field: CENTRALITY, direction: DESC }";

  test("a cursor goes on within its revision, and says so when the graph has changed", async () => {
    const first = await page(`first: 2, ${BY_CENTRALITY}`);
    expect(first.data.skills.nodes).toEqual([
      { slug: "d", metrics: { centrality: 25 } },
      { slug: "c", metrics: { centrality: 18 } },
    ]);
    const after = `after: "${first.data.skills.pageInfo.endCursor}"`;
    const second = await page(`first: 2, ${after}, ${BY_CENTRALITY}`);
    expect(second.data.skills.nodes.map(({ slug }: { slug: string }) => slug)).toEqual(["e", "f"]);
    const [changed] = skills.slice(-1);
    await api.store.write(toRows(graphFile.parse({ skills: [{ ...changed, requires: "d" }] })), "test");
    const { errors } = await page(`first: 2, ${after}, ${BY_CENTRALITY}`);
    expect(errors.map(({ message, extensions }) => [extensions.code, message])).toEqual([
      [
        "BAD_USER_INPUT",
        'Expected after to be a cursor of revision 2, since a write may change the order by CENTRALITY (begin with the first page again), got "one of revision 1".',
      ],
    ]);
  });
});
