import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatFinding } from "../../src/seeding/finding.ts";
import { lintGraph } from "../../src/seeding/lint-graph.ts";
import { bareRequirement } from "../../src/seeding/requirement-file.ts";
import { index, pathTo, roadmaps, skills } from "../support/seeds-graph.ts";

const LANGUAGES = skills.filter(({ kind }) => kind === "LANGUAGE").map(({ slug }) => slug);
const partsOf = (topic: string) =>
  skills
    .filter(({ partOf = [] }) =>
      partOf.some((whole) => (typeof whole === "string" ? whole : "topic" in whole && whole.topic) === topic),
    )
    .map(({ slug }) => slug);
const slugsTo = (skill: string) => pathTo([index(skill)]).slugs;
const isLanguage = (slug: string) => LANGUAGES.includes(slug);

/** The skills that a roadmap names. */
function skillsOf(roadmap: string): number[] {
  const found = roadmaps.find(({ slug }) => slug === roadmap);
  if (found === undefined) throw new Error(`expected a roadmap of the seeds, got "${roadmap}"`);
  const named: number[] = [];
  const walk = (node: ReturnType<typeof bareRequirement>): void => {
    if ("skill" in node) named.push(index(node.skill));
    else node.of.forEach(walk);
  };
  for (const { requires } of found.steps) if (requires !== undefined) walk(bareRequirement(requires));
  return named;
}

describe("foundations in the seeds", () => {
  test("the checker finds nothing to say about them", async () => {
    const findings = await lintGraph([join(import.meta.dirname, "..", "..", "seeds")]);
    expect(findings.map(formatFinding)).toEqual([]);
  });

  test.each([
    ["microservices", ["http", "linux", "networking-basics", "deployment", "monitoring"]],
    ["kubernetes", ["linux", "networking-basics", "containers", "deployment"]],
    ["caching", ["server-side-logic"]],
    ["monitoring", ["linux", "networking-basics", "deployment"]],
    ["scalability", ["server-side-logic", "server-architecture"]],
    ["message-queues", ["server-side-logic"]],
    ["cloud-computing", ["linux", "networking-basics", "deployment"]],
    ["docker", ["linux", "networking-basics", "containers"]],
    ["devops", ["linux", "deployment"]],
    ["rest", ["http"]],
    ["performance-optimisation", ["server-side-logic"]],
  ])("%s stands on a language, writing code and %j", (skill, foundations) => {
    const slugs = slugsTo(skill);
    for (const needed of [...foundations, "coding"]) expect(slugs).toContain(needed);
    expect(slugs.findIndex(isLanguage)).toBeGreaterThanOrEqual(0);
    expect(slugs.findIndex(isLanguage)).toBeLessThan(slugs.indexOf("coding"));
  });

  test("no skill above BEGINNER is without a language, unless it says why", () => {
    const lacking = skills.filter(
      ({ slug, level, needsNoFoundation }) =>
        level !== undefined &&
        level !== "BEGINNER" &&
        needsNoFoundation === undefined &&
        !slugsTo(slug).some(isLanguage),
    );
    expect(lacking.map(({ slug }) => slug)).toEqual([]);
  });

  test.each(partsOf("web-frameworks").filter((slug) => skills[index(slug)]!.kind === "FRAMEWORK"))(
    "%s comes after its language, writing code and HTTP",
    (framework) => {
      const slugs = slugsTo(framework);
      expect(slugs).toEqual(expect.arrayContaining(["coding", "http"]));
      expect(slugs.some(isLanguage)).toBe(true);
    },
  );

  test.each([...partsOf("web-servers"), "web-servers", "containers", "docker", "kubernetes"])(
    "Linux comes before %s",
    (skill) => expect(slugsTo(skill)).toContain("linux"),
  );

  test("the advanced topics begin with a language", () => {
    const slugs = pathTo(skillsOf("advanced-topics")).slugs;
    const advanced = slugs.findIndex((slug) => skills[index(slug)]!.level === "ADVANCED");
    expect(slugs.findIndex(isLanguage)).toBeLessThan(advanced);
    expect(slugs.indexOf("coding")).toBeLessThan(advanced);
  });
});

describe("hours in the seeds", () => {
  const SCALE = [0, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120];

  test("are steps of one coarse scale", () => {
    expect(skills.filter(({ hours }) => !SCALE.includes(hours)).map(({ slug }) => slug)).toEqual([]);
  });

  test.each([
    [["mysql", "postgresql", "microsoft-sql-server", "mongodb", "cassandra", "redis"]],
    [["apache", "nginx"]],
    [["jenkins", "travis-ci", "circleci"]],
    [["visual-studio-code", "intellij-idea", "pycharm", "netbeans"]],
    [["github", "gitlab", "bitbucket"]],
    [["aws", "azure"]],
    [["firebase", "aws-amplify", "backendless"]],
    [["rabbitmq", "apache-kafka"]],
    [["maven", "gradle"]],
    [["jest", "junit", "mocha"]],
    [["json", "xml"]],
    [["python", "java", "ruby", "php", "javascript"]],
    [
      skills
        .filter(({ slug, kind }) => kind === "FRAMEWORK" && partsOf("web-frameworks").includes(slug))
        .map(({ slug }) => slug),
    ],
  ])("are the same for %j", (products) => {
    expect(new Set(products.map((slug) => skills[index(slug)]!.hours)).size).toBe(1);
  });
});
