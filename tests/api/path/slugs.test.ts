import { afterAll, beforeAll, expect, test } from "vitest";
import { createContext } from "../../../src/api/context.ts";
import { NotFoundError } from "../../../src/api/core/errors.ts";
import { MAX_SUGGESTED_SLUGS } from "../../../src/api/limits.ts";
import { SlugReader } from "../../../src/api/path/slugs.ts";
import type { GraphSnapshot } from "../../../src/store/snapshot/graph-snapshot.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { operationsGraph } from "../../support/operations-graph.ts";

let api: TestApi;
let snapshot: GraphSnapshot;
beforeAll(async () => {
  api = await openApi(operationsGraph());
  snapshot = api.store.snapshot();
});
afterAll(() => api.close());

const skill = (slug: string) => snapshot.skills.indexOf.get(slug)!;

async function refused(slugs: SlugReader) {
  try {
    await slugs.refuseUnknown();
  } catch (error) {
    if (error instanceof NotFoundError) return error;
    throw error;
  }
  return undefined;
}

test("owners of all kinds are found by their index in the prerequisite graph, each once", async () => {
  const slugs = new SlugReader(createContext(api.store));
  const goals = [{ skill: "git" }, { role: "backend-developer" }, { project: "todo-api" }, { skill: "git" }];
  expect(slugs.goals([...goals, { roadmap: "three-steps" }], "goals")).toEqual([
    skill("git"),
    snapshot.firstRole + snapshot.roles.indexOf.get("backend-developer")!,
    snapshot.firstProject + snapshot.projects.indexOf.get("todo-api")!,
    snapshot.firstRoadmap + snapshot.roadmaps.indexOf.get("three-steps")!,
  ]);
  expect(slugs.skills(["sql", "git", "sql"], "known")).toEqual([skill("sql"), skill("git")]);
  expect(await refused(slugs)).toBeUndefined();
});

test("one error names all unknown slugs, with their places and suggestions", async () => {
  const slugs = new SlugReader(createContext(api.store));
  slugs.skills(["git", "gti", "sql", "zzz"], "known");
  slugs.goals([{ role: "backend-develper" }], "goals");
  slugs.skill("javva", "skill");
  const error = await refused(slugs);
  expect(error?.unknown).toEqual([
    { kind: "SKILL", slug: "gti", argument: "known[1]", suggestions: ["git"] },
    { kind: "SKILL", slug: "zzz", argument: "known[3]", suggestions: [] },
    { kind: "ROLE", slug: "backend-develper", argument: "goals[0].role", suggestions: ["backend-developer"] },
    { kind: "SKILL", slug: "javva", argument: "skill", suggestions: ["java"] },
  ]);
  expect(error?.message).toBe(
    'There is no skill "gti" (in known[1]). Did you mean git? There is no skill "zzz" (in known[3]). There is no role "backend-develper" (in goals[0].role). Did you mean backend-developer? And 1 more.',
  );
});

test("only lists of skills are ignored, and only on request", async () => {
  const slugs = new SlugReader(createContext(api.store), { ignores: true });
  expect(slugs.skills(["gti", "git"], "known")).toEqual([skill("git")]);
  expect(slugs.listedSkill("jva", "likes", "likes[0].skill")).toBeUndefined();
  expect(await refused(slugs)).toBeUndefined();
  expect(slugs.ignored.map(({ slug, argument }) => [slug, argument])).toEqual([
    ["gti", "known"],
    ["jva", "likes"],
  ]);
  slugs.goals([{ skill: "gti" }], "goals");
  expect((await refused(slugs))?.unknown.map(({ argument }) => argument)).toEqual(["goals[0].skill"]);
});

test("skills that a what-if adds follow today's, where they may be named", async () => {
  const slugs = new SlugReader(createContext(api.store), { added: ["rust", "zig"] });
  const { skillCount } = snapshot.graph;
  expect(slugs.skills(["git", "zig"], "known")).toEqual([skill("git"), skillCount + 1]);
  expect(slugs.anySkill("rust", "requires")).toBe(skillCount);
  slugs.skill("rust", "removeSkill");
  expect((await refused(slugs))?.unknown.map(({ slug }) => slug)).toEqual(["rust"]);
});

test("only the first unknown slugs get suggestions, which cost a look at every slug", async () => {
  const slugs = new SlugReader(createContext(api.store));
  slugs.skills(
    Array.from({ length: MAX_SUGGESTED_SLUGS + 2 }, () => "gti"),
    "known",
  );
  const lengths = (await refused(slugs))?.unknown.map(({ suggestions }) => suggestions.length);
  expect(lengths).toEqual([...Array(MAX_SUGGESTED_SLUGS).fill(1), 0, 0]);
});
