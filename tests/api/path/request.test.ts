import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContext } from "../../../src/api/context.ts";
import { parsePlanRequest, parseQuestion, plainRequest, slugReader } from "../../../src/api/path/request.ts";
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

const context = () => createContext(api.store);
const slugs = (skills: readonly number[]) => skills.map((skill) => snapshot.skills.slugs.at(skill));

describe("a question", () => {
  test("has each goal and skill once, in the order of the input", async () => {
    const { question } = await parseQuestion(context(), {
      goals: [{ skill: "sql" }, { role: "backend-developer" }, { skill: "sql" }],
      known: ["http", "git", "http"],
      choose: ["python", "python"],
      avoid: ["java"],
    });
    const { goals, known, choose, avoid } = question;
    const role = snapshot.firstRole + snapshot.roles.indexOf.get("backend-developer")!;
    expect(goals).toEqual([snapshot.skills.indexOf.get("sql"), role]);
    expect(slugs(known)).toEqual(["http", "git"]);
    expect(slugs(choose)).toEqual(["python"]);
    expect(slugs(avoid)).toEqual(["java"]);
  });

  test("takes what known skills imply as known, and lets skills beyond the graph imply nothing", async () => {
    const added = snapshot.graph.skillCount;
    const input = { goals: [{ skill: "sql" }], known: ["added", "django"], knownImpliesPrerequisites: true };
    const { question, known } = await parseQuestion(context(), input, {
      slugs: slugReader(context(), {}, ["added"]),
    });
    expect(question.known).toContain(added);
    expect(slugs(question.known)).toEqual([undefined, "django", "python"]);
    expect(slugs(known.given)).toEqual([undefined, "django"]);
    expect(slugs(known.taken.map(({ because }) => because))).toEqual(["django"]);
  });

  test("names the argument in its errors", async () => {
    const goals = [{ skill: "sql" }];
    await expect(parseQuestion(context(), { goals, known: ["git", "gti"] })).rejects.toThrow(
      "(in input.known[1])",
    );
    await expect(parseQuestion(context(), { goals: [{ role: "x" }] }, { prefix: "" })).rejects.toThrow(
      "(in goals[0].role)",
    );
    expect(() => parseQuestion(context(), { goals, choose: ["git"], avoid: ["sql", "git"] })).toThrow(
      'Expected input.avoid to be without any skill of input.choose, got "git".',
    );
  });
});

describe("a request", () => {
  const goals = [{ role: "backend-developer" }];
  const request = (input: object) => parsePlanRequest(createContext(api.store), { goals, ...input });

  test("of an input that only has goals is plain, and no promise", async () => {
    const plain = request({});
    expect(plain).not.toBeInstanceOf(Promise);
    const { question, known } = await parseQuestion(context(), { goals });
    expect(plain).toEqual(plainRequest(question, "NORMAL", known));
  });

  test("takes NORMAL effort unless told otherwise, and INSTANT where more than hours counts", async () => {
    expect(await request({})).toMatchObject({ effort: "NORMAL" });
    expect(await request({ effort: "THOROUGH" })).toMatchObject({ effort: "THOROUGH" });
    expect(await request({ effort: "THOROUGH", optimise: "STEPS" })).toMatchObject({ effort: "INSTANT" });
  });

  test("has an objective only where something else than hours counts", async () => {
    expect(await request({ optimise: "HOURS", likes: [] })).toMatchObject({ objective: undefined });
    const likes = [{ skill: "git", percent: 50 }];
    expect(await request({ likes })).toMatchObject({
      objective: { optimise: "HOURS", likes: [{ skill: snapshot.skills.indexOf.get("git"), percent: 50 }] },
    });
  });

  test("marks the optional skills among the chosen ones", async () => {
    const { question, optional, optionalLeftOut } = await request({ includeOptional: true, choose: ["git"] });
    expect(slugs(question.choose)).toEqual(["git", "observability"]);
    expect(slugs(optional)).toEqual(["observability"]);
    expect(optionalLeftOut).toEqual([]);
    const avoided = await request({ includeOptional: true, avoid: ["observability"] });
    expect(slugs(avoided.optionalLeftOut)).toEqual(["observability"]);
  });

  test("refuses a skill that is liked twice", () => {
    const likes = [
      { skill: "git", percent: 50 },
      { skill: "git", percent: 60 },
    ];
    expect(() => request({ likes })).toThrow("input.likes[1].skill to be a skill that is not listed before");
  });
});
