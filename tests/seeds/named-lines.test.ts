import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import { openShippedGraph, type TestApi } from "../support/api.ts";
import { index, pathTo, projects, roles, skillOf } from "../support/seeds-graph.ts";

/** What the documents say of single rows, line by line: it was missing, too firm, or could not be asked. */
let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

async function ask(query: string) {
  const { data, errors } = await api.ask(query);
  expect(errors).toEqual([]);
  return data;
}

interface Cited {
  readonly skill: string;
  readonly cites: readonly string[];
}

/** The leaves of a requirement, each with its citations as `document:line basis`. */
function citedLeaves(requirement: RequirementFile | undefined): Cited[] {
  if (requirement === undefined) return [];
  if (typeof requirement === "string") return [{ skill: requirement, cites: [] }];
  if ("skill" in requirement) {
    const cites = (requirement.cites ?? []).map(
      ({ document, line, basis }) => `${document}:${line} ${basis ?? "EXPLICIT"}`,
    );
    return [{ skill: requirement.skill, cites }];
  }
  const of =
    "allOf" in requirement ? requirement.allOf : "anyOf" in requirement ? requirement.anyOf : requirement.of;
  return of.flatMap(citedLeaves);
}

const requirementOf = (slug: string) =>
  [skillOf.get(slug), ...roles, ...projects].find((row) => row?.slug === slug)?.requires;

describe("prerequisites that lines support", () => {
  test.each([
    ["continuous-deployment", "automated-testing", "003:169 EXPLICIT"],
    ["troubleshooting", "monitoring", "003:216 IMPLIED"],
    ["troubleshooting", "logging", "003:216 IMPLIED"],
    ["coding", "development-environment", "003:99 EXPLICIT"],
    ["rest", "http-status-codes", "003:24 EXPLICIT"],
    ["mocha", "javascript", "003:197 EXPLICIT"],
    ["backend-developer", "dedication", "000:109 EXPLICIT"],
    ["staging-environments", "integration-testing", "003:170 ORDERING"],
    ["production-environments", "staging-environments", "003:170 ORDERING"],
    ["microservices", "deployment", "003:160 IMPLIED"],
    ["microservices", "monitoring", "003:160 IMPLIED"],
    ["deployment", "testing", "003:108 ORDERING"],
  ])("%s needs %s by %s", (slug, skill, cite) => {
    expect(citedLeaves(requirementOf(slug)).find((leaf) => leaf.skill === skill)?.cites).toContain(cite);
  });

  test.each([
    ["api-design", "rest"],
    ["tailoring-applications", "resume-writing"],
    ["software-engineer", "project-management"],
    ["server-management", "linux"],
    ["sentry", "stack-traces"],
    ["grafana", "dashboards"],
    ["api-development", "api-design"],
    ["own-microservice", "python"],
    ["own-restful-api", "python"],
    ["system-design", "caching"],
    ["url-shortener-design", "load-balancing"],
  ])("%s needs %s by no line that says so", (slug, skill) => {
    const cites = citedLeaves(requirementOf(slug))
      .filter((leaf) => leaf.skill === skill)
      .flatMap(({ cites }) => cites);
    expect(cites.length).toBeGreaterThan(0);
    for (const cite of cites) expect(cite).not.toMatch(/EXPLICIT|ORDERING/);
  });

  test.each(["desired-state", "apache-kafka"])("no role needs %s by a line that says so", (skill) => {
    for (const { requires } of roles)
      for (const leaf of citedLeaves(requires))
        if (leaf.skill === skill) for (const cite of leaf.cites) expect(cite).not.toMatch(/EXPLICIT/);
  });

  test("Linux comes before Apache, which takes no day before it", () => {
    const { slugs } = pathTo([index("apache")]);
    expect(slugs.indexOf("linux")).toBeLessThan(slugs.indexOf("apache"));
  });
});

test("courses, figures of speech and lists are cited for no more than they say", async () => {
  const { pycon, flatiron, portfolio, mentoring, mentor, resume } = await ask(`{
    pycon: resource(slug: "pycon") { teaches { skill { slug } citations { line basis } } }
    flatiron: resource(slug: "flatiron-school") { teaches { skill { slug } citations { line basis } } }
    portfolio: skill(slug: "portfolio-building") { citations { document { slug } line } }
    mentoring: skill(slug: "mentoring") { citations { line } }
    mentor: skill(slug: "finding-a-mentor") { citations { line } }
    resume: roadmap(slug: "resume") { ordered }
  }`);
  const taught = (resource: typeof pycon, slug: string) =>
    resource.teaches.find(({ skill }: { skill: { slug: string } }) => skill.slug === slug).citations;
  expect(taught(pycon, "meetups-and-conferences")).toEqual([{ line: 295, basis: "IMPLIED" }]);
  expect(taught(flatiron, "collaboration")).toEqual([{ line: 57, basis: "IMPLIED" }]);
  expect(portfolio.citations).not.toContainEqual({ document: { slug: "001" }, line: 72 });
  expect(mentoring.citations).toEqual([{ line: 309 }]);
  expect(mentor.citations).toContainEqual({ line: 258 });
  expect(resume.ordered).toBe(false);
});

test("generic rows are marked, and what is part of a topic is found at any depth", async () => {
  const { books, boards, databases } = await ask(`{
    books: resources(filter: { kinds: [BOOK] }, first: 50) { nodes { name isGeneric } }
    boards: resources(filter: { kinds: [JOB_BOARD] }, first: 50) { nodes { name isGeneric } }
    databases: skills(filter: { partOf: "database-management" }, first: 100) { nodes { slug } }
  }`);
  const generic = (page: typeof books) =>
    page.nodes
      .filter((row: { isGeneric: boolean }) => row.isGeneric)
      .map((row: { name: string }) => row.name);
  expect(generic(books)).toEqual(["Books and eBooks"]);
  expect(generic(boards)).toEqual(["Company websites"]);
  const parts = databases.nodes.map(({ slug }: { slug: string }) => slug);
  expect(parts).toEqual(expect.arrayContaining(["databases", "sql", "joins", "mysql", "redis"]));
});

test("lists can be asked for by document, facts by seniority, durations by numbers, roles for resources", async () => {
  const LISTS = ["skills", "resources", "projects", "roles", "roadmaps"];
  const pages = await ask(
    `{ ${LISTS.map(
      (list) =>
        `${list}(filter: { documents: ["003"] }, first: 100) { totalCount nodes { citations { document { slug } } } }`,
    ).join(" ")} notes(filter: { documents: ["003"] }) { citations { document { slug } } } }`,
  );
  const rows = [...LISTS.flatMap((list) => pages[list].nodes), ...pages.notes];
  expect(rows.length).toBeGreaterThan(150);
  for (const { citations } of rows) expect(citations).toContainEqual({ document: { slug: "003" } });

  const { role, degree, camps } = await ask(`{
    role(slug: "backend-developer") {
      seniorities
      resources(first: 3) { slug }
      marketFacts { kind amount currency seniority }
    }
    degree: resource(slug: "computer-science-degree") { claims { field value amount amountMax unit } }
    camps: resource(slug: "coding-bootcamps") { claims { field value amount amountMax unit } }
  }`);
  expect(role.seniorities).toEqual(["ENTRY", "JUNIOR", "MID", "SENIOR"]);
  expect(role.resources).toHaveLength(3);
  expect(role.marketFacts).toContainEqual({
    kind: "SALARY",
    amount: 500_000,
    currency: "INR",
    seniority: "entry level",
  });
  const duration = ({ claims }: typeof degree) =>
    claims.find(({ field }: { field: string }) => field === "duration");
  expect(duration(degree)).toMatchObject({ value: "four years", amount: 4, unit: "YEAR" });
  expect(duration(camps)).toMatchObject({ value: "a few weeks to several months" });
});

test("what the documents name is in the graph, with its line", async () => {
  const {
    data: processing,
    role,
    courses,
    resume,
    internships,
    kubernetes,
    prometheus,
    flatiron,
  } = await ask(`{
    data: skill(slug: "data-processing") { citations { document { slug } line } }
    role(slug: "backend-developer") { claims { field citations { document { slug } line } } }
    courses: resource(slug: "online-courses") { claims { citations { document { slug } line } } }
    resume: skill(slug: "resume-writing") { notes { citations { line mention } } }
    internships: skill(slug: "internships") { notes { citations { document { slug } line mention } } }
    kubernetes: skill(slug: "kubernetes") { notes { citations { line mention } } }
    prometheus: skill(slug: "prometheus") { notes { citations { line mention } } }
    flatiron: resource(slug: "flatiron-school") { claims { citations { line mention } } }
  }`);
  const cited = (rows: { citations: unknown[] }[]) => rows.flatMap(({ citations }) => citations);
  const at = (slug: string, line: number) => ({ document: { slug }, line });
  expect(processing.citations).toContainEqual(at("002", 13));
  for (const line of [246, 254, 309]) expect(cited(role.claims)).toContainEqual(at("003", line));
  expect(cited(role.claims)).toContainEqual(at("000", 8));
  expect(cited(courses.claims)).toContainEqual(at("000", 125));
  expect(cited(resume.notes)).toContainEqual({ line: 238, mention: "reverse chronological order" });
  expect(cited(internships.notes)).toContainEqual({ ...at("000", 89), mention: "Real-world projects" });
  expect(cited(kubernetes.notes)).toContainEqual({
    line: 209,
    mention: "open-source container orchestration platform",
  });
  expect(cited(prometheus.notes)).toContainEqual({
    line: 217,
    mention: "open-source monitoring and alerting toolkit",
  });
  expect(cited(flatiron.claims)).toContainEqual({ line: 57, mention: "real-world projects" });
});
