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
        }
        ... on Error { message }
      }
    }`,
    { input: { goals: [{ role: "backend-developer" }], choose: ["python"], ...input } },
  );
  expect(errors).toEqual([]);
  const slugs = (list: readonly { slug: string }[]) => list.map(({ slug }) => slug);
  const { totalHours, steps, known, takenAsKnown, ifPrerequisitesKnown: offer } = data.learningPath;
  return {
    totalHours,
    offer: offer && { ...offer, skills: slugs(offer.skills) },
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

test("the argument of before means prerequisites and parts", async () => {
  const known = ["django", "postgresql", "git", "docker", "aws"];
  const before = await path({ known, knownImpliesPrerequisites: true });
  expect(before).toEqual(await path({ known, knownImplies: "PREREQUISITES_AND_PARTS" }));
  expect(before.takenAsKnown).toContain("python by django");
  expect(before.steps.length).toBeLessThanOrEqual(60);
});

test("the answer offers itself what prerequisites would spare", async () => {
  const known = ["django", "postgresql", "git", "docker", "aws"];
  const { offer, ...asked } = await path({ known });
  const { offer: none, ...then } = await path({ known, knownImplies: "PREREQUISITES_AND_PARTS" });
  expect(none).toBeNull();
  expect(offer.totalSteps).toBeLessThanOrEqual(60);
  expect(offer).toEqual({
    totalSteps: then.steps.length,
    totalHours: then.totalHours,
    savedHours: asked.totalHours - then.totalHours,
    skills: asked.steps.filter((slug) => then.known.includes(slug)),
  });
  expect(offer.skills).toContain("coding");
});

test.each([{}, { known: ["git"] }, { known: ["django"], knownImplies: "NOTHING" }])(
  "there is nothing to offer for %j",
  async (input) => {
    expect((await path(input)).offer).toBeNull();
  },
);

test("what takes longer than the whole is no part of what is known", async () => {
  const { steps, takenAsKnown } = await path({ known: ["relational-databases"] });
  expect(steps).toContain("sql");
  expect(takenAsKnown).toContain("transactions by relational-databases");
});
