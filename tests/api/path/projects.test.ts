import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

/** A role that asks for a project in reach, and for one that needs what the role does not. */
const GRAPH: WrittenFile = {
  documents: [{ id: "001", title: "A text", lines: 9 }],
  skills: [
    { slug: "http", name: "HTTP", kind: "CONCEPT", hours: 2 },
    { slug: "python", name: "Python", kind: "LANGUAGE", hours: 10 },
    { slug: "pages", name: "Pages", kind: "TOOL", hours: 1 },
    { slug: "testing", name: "Testing", kind: "PRACTICE", hours: 4, requires: "python" },
  ],
  projects: [
    { slug: "shop", name: "Shop", hours: 20, requires: "python", practises: ["python", "testing"] },
    { slug: "portfolio", name: "Portfolio", hours: 5, requires: "pages" },
    { slug: "toy", name: "Toy", hours: 3, requires: "python", practises: ["http"] },
  ],
  roles: [
    {
      slug: "developer",
      name: "Developer",
      requires: { allOf: ["testing", "http"] },
      projects: [
        { project: "shop", reason: "To apply it.", cites: [{ document: "001", line: 3, mention: "a shop" }] },
        "portfolio",
      ],
    },
    { slug: "tester", name: "Tester", requires: "testing" },
  ],
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(GRAPH);
});
afterAll(() => api.close());

const QUERY = `query ($input: LearningPathInput!) {
  learningPath(input: $input) {
    ... on LearningPath {
      totalHours projectHours
      steps { skill { slug } }
      plannedProjects {
        hours coverage isOptimal
        milestones { position project { slug } practises { slug } }
        practised { skill { slug } } unpractised { skill { slug } }
        leftOut { slug }
      }
      schedule { ... on LearningSchedule { totalHours items { kind subject { slug } } } }
    }
    ... on Error { message }
  }
}`;

async function ask(input: object) {
  const time = { weeklyHours: 10, startOn: "2027-01-04" };
  const { data, errors } = await api.ask(QUERY, { input: { ...time, ...input } });
  expect(errors).toEqual([]);
  return data.learningPath;
}

const projectsOf = (path: { schedule: { items: { kind: string; subject: { slug: string } }[] } }) =>
  path.schedule.items.flatMap(({ kind, subject }) => (kind === "PROJECT" ? [subject.slug] : []));

test("by default a plan has what its roles ask for, after all that it practises, with its hours beside the path's", async () => {
  const path = await ask({ goals: [{ role: "developer" }] });
  expect(path).toMatchObject({
    totalHours: 16,
    projectHours: 20,
    plannedProjects: { hours: 20, coverage: 2 / 3, isOptimal: false, leftOut: [{ slug: "portfolio" }] },
    schedule: { totalHours: 36 },
  });
  const [milestone] = path.plannedProjects.milestones;
  const before = path.steps.slice(0, milestone.position).map(({ skill }: { skill: object }) => skill);
  expect(milestone.practises).toEqual([{ slug: "python" }, { slug: "testing" }]);
  for (const practised of milestone.practises) expect(before).toContainEqual(practised);
  expect(path.plannedProjects.unpractised).toEqual([{ skill: { slug: "http" } }]);
  expect(projectsOf(path)).toEqual(["shop"]);
});

test("what is left out comes with what it needs", async () => {
  const path = await ask({ goals: [{ role: "developer" }], choose: ["pages"] });
  expect(path.plannedProjects.leftOut).toEqual([]);
  expect(projectsOf(path).sort()).toEqual(["portfolio", "shop"]);
});

test("a role without projects, and a skill, have the plan that they would have without", async () => {
  for (const goal of [{ role: "tester" }, { skill: "testing" }]) {
    const [core, none] = [await ask({ goals: [goal] }), await ask({ goals: [goal], projects: "NONE" })];
    expect(core).toEqual(none);
    expect(core).toMatchObject({ projectHours: 0, plannedProjects: { milestones: [], leftOut: [] } });
  }
});

test("other projects, or none, for whoever asks", async () => {
  const goals = [{ role: "developer" }];
  expect(projectsOf(await ask({ goals, projects: "NONE" }))).toEqual([]);
  expect(projectsOf(await ask({ goals, projects: "ALL" })).sort()).toEqual(["shop", "toy"]);
  expect(projectsOf(await ask({ goals, projects: "FEW" })).sort()).toEqual(["shop", "toy"]);
});

test("a role says what it asks for and why, and a project who asks for it", async () => {
  const { data, errors } = await api.ask(`{
    role(slug: "developer") { projects { reason project { slug } citations { line mention } } }
    project(slug: "shop") { askedForBy { role { slug } } }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    role: {
      projects: [
        { reason: "To apply it.", project: { slug: "shop" }, citations: [{ line: 3, mention: "a shop" }] },
        { reason: null, project: { slug: "portfolio" }, citations: [] },
      ],
    },
    project: { askedForBy: [{ role: { slug: "developer" } }] },
  });
});

test("a role gets and loses projects one by one, and a project that is asked for is not deleted", async () => {
  const update =
    'mutation ($input: UpdateRoleInput!) { updateRole(slug: "tester", input: $input) { ... on RoleWrite { role { projects { project { slug } } } } ... on Error { message } } }';
  const written = async (input: object) => (await api.write(update, { input })).data.updateRole;
  expect(await written({ add: { projects: [{ project: "toy", reason: "It is fun." }] } })).toEqual({
    role: { projects: [{ project: { slug: "toy" } }] },
  });
  const { data } = await api.write(
    'mutation { deleteProject(slug: "toy") { __typename ... on Error { message } } }',
  );
  expect(data.deleteProject.__typename).toBe("InUseError");
  expect(await written({ remove: { projects: ["toy"] } })).toEqual({ role: { projects: [] } });
});
