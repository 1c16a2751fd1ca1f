import { describe, expect, it } from "vitest";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import {
  graph,
  index,
  ownerOfProject,
  ownerOfRole,
  pathTo as pathToOwners,
  roles,
  skillOf,
  skills,
} from "../support/seeds-graph.ts";
import { rejectedAlternatives, solveLearningPath } from "../support/solve.ts";

const pathTo = (role: string, options?: Parameters<typeof pathToOwners>[1]) =>
  pathToOwners([ownerOfRole(role)], options);

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
      expect(slugs.filter((slug) => LANGUAGES.includes(slug))).toEqual([language]);
      const frameworks = slugs.filter((slug) => ALL_FRAMEWORKS.includes(slug));
      expect(frameworks).toHaveLength(1);
      expect(FRAMEWORKS[language]).toContain(frameworks[0]);
    },
  );

  it.each(LANGUAGES)("a full-stack developer knows all that a backend developer with %s does", (language) => {
    const both = pathTo("full-stack-developer", { choose: [language] });
    const backend = pathTo("backend-developer", { choose: [language] });
    expect(both.cost).toBeGreaterThan(backend.cost);
    const after = pathTo("backend-developer", { known: both.slugs });
    expect(after.slugs).toEqual([]);
  });

  it.each(LANGUAGES)("who knows %s and its prerequisites is not sent to another language", (language) => {
    const known = [language, ...(language === "node-js" ? ["javascript"] : []), "programming-fundamentals"];
    const { slugs } = pathTo("backend-developer", { known });
    expect(slugs.filter((slug) => LANGUAGES.includes(slug))).toEqual([]);
  });

  /** Which of some products a path takes is not the point of the order. */
  const PRODUCTS: Readonly<Record<string, readonly string[]>> = {
    "a framework": ALL_FRAMEWORKS,
    "a database": ["mysql", "postgresql"],
    "a server": ["apache", "nginx"],
    "a CI service": ["jenkins", "travis-ci", "circleci"],
    "an IDE": ["visual-studio-code", "intellij-idea", "pycharm", "netbeans"],
  };

  it.each([
    ["python", "a framework"],
    ["sql", "query-optimisation"],
    ["sql", "a database"],
    ["http", "rest"],
    ["http", "a framework"],
    ["coding", "a framework"],
    ["linux", "a server"],
    ["linux", "docker"],
    ["git", "pull-requests"],
    ["containerisation", "docker"],
    ["testing", "continuous-integration"],
    ["integration-testing", "a CI service"],
    ["an IDE", "sql"],
  ])("%s comes before %s", (first, second) => {
    const { slugs } = pathTo("backend-developer", { choose: ["python"] });
    const placeOf = (name: string) => slugs.findIndex((slug) => (PRODUCTS[name] ?? [name]).includes(slug));
    expect(placeOf(first)).toBeGreaterThanOrEqual(0);
    expect(placeOf(second)).toBeGreaterThan(placeOf(first));
  });

  it.each([
    ["pycharm", "python"],
    ["intellij-idea", "java"],
  ])("%s is for who chooses %s", (ide, language) => {
    for (const other of LANGUAGES.filter((slug) => slug !== language))
      expect(pathTo("backend-developer", { choose: [other] }).slugs).not.toContain(ide);
    expect(pathTo("backend-developer", { choose: [language, ide] }).slugs).toContain(ide);
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
          // Another set may cost the same; this one has to lead to the goal as well.
          const swapped = new Set([...path.skills.filter((skill) => !dropped.includes(skill)), ...added]);
          const alone = solveLearningPath(graph, {
            ...question,
            choose: added,
            avoid: skills.flatMap((_, skill) => (swapped.has(skill) ? [] : skill)),
          });
          expect(alone).toMatchObject({ kind: "path", cost: path.cost + extraCost });
        }
      });
    }
    expect(priced).toBeGreaterThan(100);
  });

  it("offer each framework of another language by itself", () => {
    const question = { goals: [ownerOfProject("own-restful-api")], known: [], choose: [], avoid: [] };
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
          "java spring",
          0,
        ],
        [
          "ruby ruby-on-rails",
          0,
        ],
        [
          "php ruby ruby-on-rails",
          60,
        ],
        [
          "node-js express-js javascript",
          15,
        ],
        [
          "javascript express-js node-js",
          15,
        ],
        [
          "cpp ruby ruby-on-rails",
          120,
        ],
        [
          "java spring-boot",
          0,
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
