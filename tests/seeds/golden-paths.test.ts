import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openShippedGraph, type TestApi } from "../support/api.ts";

/**
 * The paths of the shipped graph as a learner gets them, by sections, to be read line by line: a file for each role,
 * and for the backend developer one for each language. After a change: `npx vitest run tests/seeds/golden-paths.test.ts
 * --update`, then read what was written.
 */
const LANGUAGES = ["python", "java", "ruby", "php", "node-js"];
const GOLDEN = join(import.meta.dirname, "..", "golden");

const QUERY = `query ($input: LearningPathInput!) {
  learningPath(input: $input) {
    ... on LearningPath {
      totalHours totalSteps carriedHours carriedHoursLowerBound prerequisitesUsed
      steps { skill { slug } }
      sections { hours topic { slug } steps { hours skill { slug } } canBuild { project { slug } hours } }
      milestones { position practises { slug } }
      agreement { inversions pairs roadmap { slug } }
    }
    ... on Error { message }
  }
}`;

interface Named {
  readonly slug: string;
}
interface Path {
  readonly totalHours: number;
  readonly totalSteps: number;
  readonly carriedHours: number;
  readonly carriedHoursLowerBound: number;
  readonly prerequisitesUsed: number;
  readonly steps: readonly { readonly skill: Named }[];
  readonly sections: readonly {
    readonly hours: number;
    readonly topic: Named | null;
    readonly steps: readonly { readonly hours: number; readonly skill: Named }[];
    readonly canBuild: readonly { readonly project: Named; readonly hours: number }[];
  }[];
  readonly milestones: readonly { readonly position: number; readonly practises: readonly Named[] }[];
  readonly agreement: readonly {
    readonly inversions: number;
    readonly pairs: number;
    readonly roadmap: Named;
  }[];
}

let api: TestApi;
let roles: readonly string[];
beforeAll(async () => {
  api = await openShippedGraph();
  roles = api.store.snapshot().roles.slugs;
});
afterAll(() => api.close());

async function pathTo(role: string, choose: readonly string[] = []): Promise<Path> {
  const { data, errors } = await api.ask(QUERY, { input: { goals: [{ role }], choose } });
  expect(errors).toEqual([]);
  return data.learningPath;
}

function asText(path: Path): string {
  const lines = [
    `${path.totalSteps} steps, ${path.totalHours} h, ${path.sections.length} sections`,
    `carried: ${path.carriedHours} h over ${path.prerequisitesUsed} prerequisites, at least ${path.carriedHoursLowerBound} h`,
    ...path.agreement.map(
      ({ roadmap, inversions, pairs }) => `against ${roadmap.slug}: ${inversions} of ${pairs} pairs`,
    ),
  ];
  for (const { topic, hours, steps, canBuild } of path.sections) {
    lines.push("", `${topic?.slug ?? "(no topic)"}, ${hours} h`);
    for (const step of steps) lines.push(`  ${step.skill.slug} ${step.hours}`);
    for (const { project, hours } of canBuild) lines.push(`  → ${project.slug} ${hours}`);
  }
  return `${lines.join("\n")}\n`;
}

describe("the paths of the shipped graph", () => {
  test("to every role", async () => {
    for (const role of roles)
      await expect(asText(await pathTo(role))).toMatchFileSnapshot(join(GOLDEN, `${role}.txt`));
  });

  test.each(LANGUAGES)("to the backend developer with %s", async (language) => {
    const path = await pathTo("backend-developer", [language]);
    await expect(asText(path)).toMatchFileSnapshot(join(GOLDEN, `backend-developer-${language}.txt`));
  });

  test.each(LANGUAGES)("begin with writing code in %s, before databases and the web", async (language) => {
    const { steps } = await pathTo("backend-developer", [language]);
    const slugs = steps.map(({ skill }) => skill.slug);
    const place = slugs.indexOf("coding");
    expect(slugs.slice(0, place)).toContain(language);
    for (const later of ["databases", "sql", "http", "linux", "docker"])
      expect(slugs.indexOf(later)).toBeGreaterThan(place);
  });

  test("have no project before the skills it practises, and sections that are the steps", async () => {
    for (const role of roles) {
      const { steps, sections, milestones } = await pathTo(role);
      const slugs = steps.map(({ skill }) => skill.slug);
      expect(sections.flatMap((section) => section.steps.map(({ skill }) => skill.slug))).toEqual(slugs);
      for (const { position, practises } of milestones)
        for (const { slug } of practises) expect(slugs.indexOf(slug)).toBeLessThan(position);
    }
  });
});
