import { afterAll, beforeAll, expect, test } from "vitest";
import { openShippedGraph, type TestApi } from "../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openShippedGraph();
});
afterAll(() => api.close());

const GIT_PARTS = ["git-commands", "git-repositories", "commits", "branches", "merging"];

async function path(input: object) {
  const { data, errors } = await api.ask(
    `query ($input: LearningPathInput!) {
      learningPath(input: $input) {
        ... on LearningPath {
          totalHours
          steps { skill { slug } } known { slug } takenAsKnown { skill { slug } because { slug } }
          ifPrerequisitesKnown { totalSteps totalHours savedHours skills { slug } }
          ifOnlyPartsKnown { totalSteps totalHours moreHours skills { slug } }
        }
        ... on Error { message }
      }
    }`,
    { input: { goals: [{ role: "backend-developer" }], choose: ["python"], ...input } },
  );
  expect(errors).toEqual([]);
  const slugs = (list: readonly { slug: string }[]) => list.map(({ slug }) => slug);
  const {
    totalHours,
    steps,
    known,
    takenAsKnown,
    ifPrerequisitesKnown: more,
    ifOnlyPartsKnown: less,
  } = data.learningPath;
  return {
    totalHours,
    more: more && { ...more, skills: slugs(more.skills) },
    less: less && { ...less, skills: slugs(less.skills) },
    steps: slugs(steps.map(({ skill }: { skill: { slug: string } }) => skill)),
    known: slugs(known),
    takenAsKnown: takenAsKnown.map(
      ({ skill, because }: Record<string, { slug: string }>) => `${skill!.slug} by ${because!.slug}`,
    ),
  };
}

test("who knows Git knows its parts, and is told so", async () => {
  const { steps, known, takenAsKnown } = await path({ known: ["git"] });
  for (const part of GIT_PARTS) {
    expect(steps).not.toContain(part);
    expect(takenAsKnown).toContain(`${part} by git`);
    expect(known).toContain(part);
  }
});

test("a learner may disagree with all of it, or with a skill", async () => {
  const nothing = await path({ known: ["git"], knownImplies: "NOTHING" });
  expect(nothing.steps).toEqual(expect.arrayContaining(GIT_PARTS));
  expect(nothing.takenAsKnown).toEqual([]);
  const { steps, takenAsKnown } = await path({ known: ["git"], notKnown: ["branches", "merging"] });
  expect(steps).toContain("branches");
  expect(takenAsKnown).not.toContain("branches by git");
});

/** What the issue names. */
const KNOWN = ["django", "postgresql", "git", "docker", "aws"];

test("who knows Django and four more has 60 steps left, none of which what he knows stands on", async () => {
  const { steps, takenAsKnown, known } = await path({ known: KNOWN });
  expect(steps.length).toBeLessThanOrEqual(60);
  for (const skill of ["coding", "python", "branches", "sql", "linux"]) expect(steps).not.toContain(skill);
  for (const reason of ["python by django", "coding by django", "branches by git", "sql by postgresql"])
    expect(takenAsKnown).toContain(reason);
  // Whatever is taken as known says why, and by a skill that was named.
  expect(takenAsKnown).toHaveLength(known.length - KNOWN.length);
  for (const reason of takenAsKnown) expect(KNOWN).toContain(reason.split(" by ")[1]);
});

test("a learner may disagree with a skill, and what cannot be learned without it comes back with it", async () => {
  const all = await path({ known: KNOWN });
  const python = await path({ known: KNOWN, notKnown: ["python"] });
  expect(python.steps.filter((slug: string) => !all.steps.includes(slug))).toEqual(["python"]);
  expect(python.totalHours).toBe(all.totalHours + 60);
  const { steps, takenAsKnown } = await path({ known: KNOWN, notKnown: ["http"] });
  expect(steps).toEqual(expect.arrayContaining(["http", "http-methods", "http-status-codes"]));
  expect(takenAsKnown.some((reason: string) => reason.startsWith("http-"))).toBe(false);
});

test("a learner may know only parts, which is what the argument of before said", async () => {
  const parts = await path({ known: KNOWN, knownImplies: "PARTS" });
  expect(parts.steps).toHaveLength(92);
  expect(parts.totalHours).toBe(489);
  expect(parts.steps).toEqual(expect.arrayContaining(["python", "coding", "sql"]));
  expect(parts.takenAsKnown).toContain("branches by git");
  expect(await path({ known: KNOWN, knownImpliesPrerequisites: false })).toEqual(parts);
  const all = await path({ known: KNOWN });
  expect(await path({ known: KNOWN, knownImpliesPrerequisites: true })).toEqual(all);
  expect(await path({ known: KNOWN, knownImplies: "PREREQUISITES_AND_PARTS" })).toEqual(all);
  expect(await path({ known: KNOWN, knownImplies: null, knownImpliesPrerequisites: null })).toEqual(all);
  const said = { known: KNOWN, knownImplies: "PREREQUISITES_AND_PARTS", knownImpliesPrerequisites: false };
  expect(await path(said)).toEqual(all);
});

test("the answer says itself what the other reading of known skills would add, or spare", async () => {
  const { less, more: noMore, ...all } = await path({ known: KNOWN });
  const { more, less: noLess, ...parts } = await path({ known: KNOWN, knownImplies: "PARTS" });
  expect([noMore, noLess]).toEqual([null, null]);
  const skills = parts.steps.filter((slug: string) => all.known.includes(slug));
  const hours = parts.totalHours - all.totalHours;
  expect(less).toEqual({
    totalSteps: parts.steps.length,
    totalHours: parts.totalHours,
    moreHours: hours,
    skills,
  });
  expect(more).toEqual({
    totalSteps: all.steps.length,
    totalHours: all.totalHours,
    savedHours: hours,
    skills,
  });
  expect(skills).toContain("coding");
});

test.each([
  {},
  { known: ["git"] },
  { known: ["git"], knownImplies: "PARTS" },
  { known: ["django"], knownImplies: "NOTHING" },
  // Without Django's Python there would be no path at all.
  { known: ["django"], choose: ["django"], avoid: ["programming-fundamentals"] },
])("there is nothing of that to say for %j", async (input) => {
  const { less, more } = await path(input);
  expect([less, more]).toEqual([null, null]);
});

test("what takes longer than the whole is no part of what is known", async () => {
  const { steps, takenAsKnown } = await path({ known: ["relational-databases"] });
  expect(steps).toContain("sql");
  expect(takenAsKnown).toContain("transactions by relational-databases");
});
