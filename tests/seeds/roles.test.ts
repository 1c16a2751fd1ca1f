import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import { graphFilesAt } from "../../src/seeding/graph-files.ts";
import { readGraphFiles } from "../../src/seeding/read-graph-file.ts";
import { bareRequirement, type RequirementFile } from "../../src/seeding/requirement-file.ts";
import { rejectedAlternatives, solveLearningPath } from "../support/solve.ts";

const { rows } = await readGraphFiles(graphFilesAt([join(import.meta.dirname, "..", "..", "seeds")]).files);
const skills = rows.skills.flatMap(({ row }) => row ?? []).sort((a, b) => (a.slug < b.slug ? -1 : 1));
const roles = rows.roles.flatMap(({ row }) => row ?? []);
const projects = rows.projects.flatMap(({ row }) => row ?? []);
const indexOf = new Map(skills.map(({ slug }, index) => [slug, index]));
const skillOf = new Map(skills.map((skill) => [skill.slug, skill]));

function index(slug: string): number {
  const found = indexOf.get(slug);
  if (found === undefined) throw new Error(`expected a skill of the seeds, got "${slug}"`);
  return found;
}

function withIndices(requirement: Requirement<string>): Requirement<number> {
  if ("skill" in requirement) return { skill: index(requirement.skill) };
  return { atLeast: requirement.atLeast, of: requirement.of.map(withIndices) };
}

const graph = buildPrerequisiteGraph(
  skills.length,
  [
    ...skills.map(({ hours, requires }) => ({ hours, requires })),
    ...[...roles, ...projects].map(({ requires }) => ({ hours: 0, requires })),
  ].map(({ hours, requires }) => ({
    cost: Math.round(hours * 100),
    requirement: requires === undefined ? undefined : withIndices(bareRequirement(requires)),
  })),
);

function pathTo(role: string, { choose = [], known = [] }: { choose?: string[]; known?: string[] } = {}) {
  const goal = skills.length + roles.findIndex(({ slug }) => slug === role);
  const path = solveLearningPath(graph, {
    goals: [goal],
    known: known.map(index),
    choose: choose.map(index),
    avoid: [],
  });
  if (path.kind !== "path") throw new Error(`expected a path to "${role}", got ${JSON.stringify(path)}`);
  return { ...path, slugs: path.skills.map((skill) => skills[skill]?.slug) };
}

const FRAMEWORKS: Readonly<Record<string, readonly string[]>> = {
  python: ["django", "flask"],
  java: ["spring", "spring-boot"],
  ruby: ["ruby-on-rails"],
  php: ["laravel", "symfony"],
  "node-js": ["express-js"],
};
const ALL_FRAMEWORKS = Object.values(FRAMEWORKS).flat();
const LANGUAGES = Object.keys(FRAMEWORKS);

function leaves(requirement: RequirementFile | undefined): string[] {
  if (requirement === undefined) return [];
  if (typeof requirement === "string") return [requirement];
  if ("skill" in requirement) return [requirement.skill];
  if ("allOf" in requirement) return requirement.allOf.flatMap(leaves);
  if ("anyOf" in requirement) return requirement.anyOf.flatMap(leaves);
  return requirement.of.flatMap(leaves);
}

/** The groups of alternatives in a requirement, each as the skills named in it. */
function alternatives(requirement: RequirementFile | undefined): string[][] {
  if (requirement === undefined || typeof requirement === "string" || "skill" in requirement) return [];
  if ("allOf" in requirement) return requirement.allOf.flatMap(alternatives);
  const members = "anyOf" in requirement ? requirement.anyOf : requirement.of;
  return [leaves(requirement), ...members.flatMap(alternatives)];
}

describe("the roles of the seeds", () => {
  it.each(roles.map(({ slug }) => slug))("%s has a cheapest path, proved so", (slug) => {
    const { isOptimal, slugs } = pathTo(slug);
    expect(isOptimal).toBe(true);
    expect(slugs.length).toBeGreaterThan(0);
  });

  it.each(LANGUAGES)(
    "a backend developer who chooses %s learns one framework, of that language",
    (language) => {
      const { slugs, isOptimal } = pathTo("backend-developer", { choose: [language] });
      expect(isOptimal).toBe(true);
      expect(slugs.length).toBeGreaterThanOrEqual(25);
      expect(slugs.filter((slug) => LANGUAGES.includes(slug ?? ""))).toEqual([language]);
      const frameworks = slugs.filter((slug) => ALL_FRAMEWORKS.includes(slug ?? ""));
      expect(frameworks).toHaveLength(1);
      expect(FRAMEWORKS[language]).toContain(frameworks[0]);
    },
  );

  it.each(LANGUAGES)("who knows %s and its prerequisites is not sent to another language", (language) => {
    const known = [language, ...(language === "node-js" ? ["javascript"] : []), "programming-fundamentals"];
    const { slugs } = pathTo("backend-developer", { known });
    expect(slugs.filter((slug) => LANGUAGES.includes(slug ?? ""))).toEqual([]);
  });

  it.each([
    ["python", "flask"],
    ["sql", "query-optimisation"],
    ["sql", "mysql"],
    ["http", "rest"],
    ["git", "pull-requests"],
    ["containerisation", "docker"],
    ["testing", "continuous-integration"],
    ["mysql", "flask"],
    ["flask", "rest"],
    ["flask", "docker"],
    ["docker", "circleci"],
    ["circleci", "performance-optimisation"],
    ["visual-studio-code", "sql"],
  ])("%s comes before %s", (first, second) => {
    const { slugs } = pathTo("backend-developer", { choose: ["python"] });
    expect(slugs).toContain(first);
    expect(slugs).toContain(second);
    expect(slugs.indexOf(first)).toBeLessThan(slugs.indexOf(second));
  });
});

describe("alternatives in the seeds", () => {
  it("list what their price buys, whatever the goal", () => {
    let priced = 0;
    for (let goal = 0; goal < graph.ownerCount; goal++) {
      const question = { goals: [goal], known: [], choose: [], avoid: [] };
      const path = solveLearningPath(graph, question);
      if (path.kind !== "path") throw new Error("expected a path");
      rejectedAlternatives(graph, question, path).forEach((list, at) => {
        for (const { skills: added, dropped, extraCost } of list) {
          if (extraCost === undefined) continue;
          priced++;
          const other = solveLearningPath(graph, { ...question, choose: added, avoid: [path.skills[at]!] });
          if (other.kind !== "path") throw new Error("expected a path");
          expect(other.cost).toBe(path.cost + extraCost);
          expect([...other.skills].sort()).toEqual(
            [...path.skills.filter((skill) => !dropped.includes(skill)), ...added].sort(),
          );
        }
      });
    }
    expect(priced).toBeGreaterThan(100);
  });

  it("offer each framework of another language by itself", () => {
    const goal = skills.length + roles.length + projects.findIndex(({ slug }) => slug === "own-restful-api");
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    const path = solveLearningPath(graph, question);
    if (path.kind !== "path") throw new Error("expected a path");
    const instead = rejectedAlternatives(graph, question, path)[path.skills.indexOf(index("python"))]!;
    expect(
      instead.map(({ skills: added, extraCost }) => [
        added.map((skill) => skills[skill]!.slug).join(" "),
        extraCost! / 100,
      ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "node-js express-js javascript",
          15,
        ],
        [
          "ruby ruby-on-rails",
          25,
        ],
        [
          "java spring",
          60,
        ],
        [
          "java spring-boot",
          45,
        ],
      ]
    `);
  });
});

describe("what the documents do not say", () => {
  const groups = [...skills, ...roles].flatMap(({ slug, requires }) =>
    alternatives(requires).map((group) => ({ slug, group })),
  );

  it("offers nowhere Docker and Kubernetes as alternatives", () => {
    expect(groups.filter(({ group }) => group.includes("docker") && group.includes("kubernetes"))).toEqual(
      [],
    );
  });

  it("does not ask for Spring before Spring Boot", () => {
    expect(leaves(skillOf.get("spring-boot")?.requires)).not.toContain("spring");
  });

  it("has no skill named Go or CSS", () => {
    const names = skills.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(names.filter((name) => /^(go|golang|css)$/i.test(name))).toEqual([]);
  });

  it("cites no line of the sample résumé for a skill", () => {
    const sample = new Set([230, 233, 234, 235, 236, 239, 240, 241, 242]);
    const cited = skills.flatMap(({ slug, cites = [] }) =>
      cites
        .filter(({ document, line }) => document === "003" && sample.has(line))
        .map(({ line }) => `${slug}: ${line}`),
    );
    expect(cited).toEqual([]);
  });
});

describe("every requirement of a skill or a role", () => {
  const uncited = (requirement: RequirementFile): string[] => {
    if (typeof requirement === "string") return [];
    const inside =
      "skill" in requirement
        ? []
        : ("allOf" in requirement
            ? requirement.allOf
            : "anyOf" in requirement
              ? requirement.anyOf
              : requirement.of
          ).flatMap(uncited);
    if (!("skill" in requirement)) return inside;
    return requirement.reason || requirement.cites?.length ? inside : [requirement.skill];
  };

  it("says where it comes from: a line of a document, or a reason of ours", () => {
    const lacking = [...skills, ...roles].flatMap(({ slug, requires }) =>
      requires === undefined ? [] : uncited(requires).map((leaf) => `${slug} <- ${leaf}`),
    );
    expect(lacking).toEqual([]);
  });
});
