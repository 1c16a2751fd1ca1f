import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShippedGraph, type TestApi } from "../../support/api.ts";

/** The citations of documents, on the graph that is shipped. */
let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

interface CitationNode {
  readonly line: number;
  readonly mention: string;
}

async function ask(query: string, variables?: Record<string, unknown>) {
  const { data, errors } = await api.ask(query, variables);
  expect(errors).toEqual([]);
  return data;
}

/** All citations of a document by pages of so many, in one direction. */
async function walk(slug: string, size: number, direction: "first" | "last") {
  const pages: CitationNode[][] = [];
  const cursor = direction === "first" ? "after" : "before";
  const query = `query ($slug: String!, $size: Int!, $cursor: String) {
    document(slug: $slug) {
      citations(${direction}: $size, ${cursor}: $cursor) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { line mention }
      }
    }
  }`;
  let place: string | null = null;
  for (;;) {
    const { document }: Awaited<ReturnType<typeof ask>> = await ask(query, { slug, size, cursor: place });
    const { citations } = document;
    pages.push(citations.nodes);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = citations.pageInfo;
    const goesOn = direction === "first" ? hasNextPage : hasPreviousPage;
    if (!goesOn) {
      const rows = direction === "first" ? pages.flat() : pages.reverse().flat();
      expect(rows).toHaveLength(citations.totalCount);
      return rows;
    }
    expect(citations.nodes).toHaveLength(size);
    place = direction === "first" ? endCursor : startCursor;
  }
}

test("pages of any size, forwards and backwards, give the same citations in the order of lines", async () => {
  const all = await walk("001", 100, "first");
  expect(all.length).toBeGreaterThan(100);
  expect(all.map(({ line }) => line)).toEqual(all.map(({ line }) => line).sort((a, b) => a - b));
  expect(await walk("001", 37, "first")).toEqual(all);
  expect(await walk("001", 90, "last")).toEqual(all);
});

test("pages that are asked for together are the pages asked for one by one", async () => {
  const page = "citations(last: 3) { totalCount pageInfo { hasPreviousPage } nodes { line mention } }";
  const { documents } = await ask(`{ documents { nodes { slug ${page} } } }`);
  expect(documents.nodes).toHaveLength(4);
  for (const { slug, ...together } of documents.nodes)
    expect(await ask(`{ document(slug: "${slug}") { ${page} } }`)).toEqual({ document: together });
});

test("pages of all documents between two cursors are those between the lines", async () => {
  const { document } = await ask(
    '{ document(slug: "002") { citations(first: 100) { edges { cursor node { line } } } } }',
  );
  const [from, to] = [document.citations.edges[60], document.citations.edges[90]];
  const lines = (filter: string) =>
    `citations(first: 100, ${filter}) { nodes { line mention } pageInfo { hasNextPage hasPreviousPage } }`;
  const { documents } = await ask(
    `{ documents { nodes { slug ${lines(`after: "${from.cursor}", before: "${to.cursor}"`)} } } }`,
  );
  for (const { slug, citations } of documents.nodes) {
    const all = await walk(slug, 100, "first");
    const within = all.filter(({ line }) => line > from.node.line && line < to.node.line);
    const found = citations.nodes.filter(
      ({ line }: CitationNode) => line !== from.node.line && line !== to.node.line,
    );
    expect(citations.nodes.length).toBeLessThan(100);
    expect(found).toEqual(within);
    if (slug === "002") expect(citations.nodes).toEqual(all.slice(61, 90));
  }
  const several = await ask(`{ document(slug: "002") {
    all: citations(first: 91) { nodes { line mention } }
    later: citations(first: 30, after: "${from.cursor}") { nodes { line mention } }
    earlier: citations(last: 9, before: "${to.cursor}") { nodes { line mention } }
  } }`);
  const { all, later, earlier } = several.document;
  expect(later.nodes).toEqual(all.nodes.slice(61));
  expect(earlier.nodes).toEqual(all.nodes.slice(81, 90));
});

test("sections divide the citations among them", async () => {
  const { documents } = await ask(`{
    documents { nodes { slug lines
      all: citations(first: 0) { totalCount }
      sections { line lastLine citations(first: 1) { totalCount nodes { line section { line } } } }
    } }
  }`);
  for (const { slug, lines, all, sections } of documents.nodes) {
    const { document } = await ask(
      "query ($slug: String!, $line: Int!) { document(slug: $slug) { citations(first: 0, filter: { toLine: $line }) { totalCount } } }",
      { slug, line: sections[0].line - 1 },
    );
    const inSections = sections.map((section: { citations: { totalCount: number } }) => section.citations);
    const sum = inSections.reduce(
      (total: number, { totalCount }: { totalCount: number }) => total + totalCount,
      0,
    );
    expect(sum + document.citations.totalCount).toBe(all.totalCount);
    expect(sections.at(-1).lastLine).toBe(lines);
    for (const [at, { line, lastLine, citations }] of sections.entries()) {
      expect(lastLine).toBe((sections[at + 1]?.line ?? lines + 1) - 1);
      for (const node of citations.nodes) {
        expect(node.section.line).toBe(line);
        expect(node.line).toBeGreaterThanOrEqual(line);
        expect(node.line).toBeLessThanOrEqual(lastLine);
      }
    }
  }
});

/** What each kind of row is called, and the entity that it belongs to. */
const KINDS = {
  SKILL: ["Skill", "Skill"],
  RESOURCE: ["Resource", "Resource"],
  PROJECT: ["Project", "Project"],
  ROLE: ["Role", "Role"],
  ROADMAP: ["Roadmap", "Roadmap"],
  REQUIREMENT: ["RequirementNode", undefined],
  PART_OF: ["PartOf", "Skill"],
  RELATION: ["SkillRelation", "Skill"],
  NOTE: ["SkillNote", "Skill"],
  TEACHES: ["Teaching", "Resource"],
  PRACTISES: ["Practice", "Project"],
  PROJECT_STEP: ["ProjectStep", "Project"],
  OPTIONAL_SKILL: ["OptionalSkill", "Role"],
  ROLE_PROJECT: ["RoleProject", "Role"],
  RESPONSIBILITY: ["Responsibility", "Role"],
  MARKET_FACT: ["MarketFact", "Role"],
  ROADMAP_STEP: ["RoadmapStep", "Roadmap"],
  CLAIM: ["Claim", undefined],
} as const;

describe.each(Object.entries(KINDS))("a citation of %s", (kind, [subjectType, entityType]) => {
  const query = `query ($size: Int!) {
    document(slug: "003") {
      citations(first: $size, filter: { kinds: [${kind}] }) {
        nodes {
          line mention subjectKind
          subject { __typename citations { line mention document { slug } } }
          entity { __typename }
        }
      }
    }
  }`;

  test("names a row that names the citation", async () => {
    const { citations } = (await ask(query, { size: 20 })).document;
    // Few market facts are in document 003: none.
    if (kind !== "MARKET_FACT") expect(citations.nodes.length).toBeGreaterThan(0);
    for (const { line, mention, subjectKind, subject, entity } of citations.nodes) {
      expect(subjectKind).toBe(kind);
      expect(subject.__typename).toBe(subjectType);
      expect(subject.citations).toContainEqual({ line, mention, document: { slug: "003" } });
      if (entityType !== undefined) expect(entity.__typename).toBe(entityType);
    }
  });

  test("takes as many statements on a page of 2 as on one of 50", async () => {
    const few = await api.record(query, { size: 2 });
    const many = await api.record(query, { size: 50 });
    // Requirements belong to several kinds of owners, claims to several kinds of entities.
    const spare = kind === "REQUIREMENT" || kind === "CLAIM" ? 2 : 0;
    expect(many.statements.length).toBeLessThanOrEqual(few.statements.length + spare);
  });
});

test("a broken cursor and contradictory sizes are the client's mistakes", async () => {
  const skills = await ask("{ skills(first: 1) { pageInfo { endCursor } } }");
  const wrong = [
    'after: "!"',
    `after: "${skills.skills.pageInfo.endCursor}"`,
    `after: "${Buffer.from('["LINE",99999999999,1]').toString("base64url")}"`,
    "first: 1, last: 1",
    "first: 101",
    "filter: { kinds: [".concat("SKILL ".repeat(101), "] }"),
  ];
  for (const args of wrong) {
    const { status, errors } = await api.ask(
      `{ document(slug: "000") { citations(${args}) { totalCount } } }`,
    );
    expect(status).toBe(200);
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(["BAD_USER_INPUT"]);
  }
});
