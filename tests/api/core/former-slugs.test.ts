import ICAL from "ical.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodeGlobalId } from "../../../src/api/core/global-id.ts";
import { openApi, type TestApi } from "../../support/api.ts";

/** http ─→ node-js ─→ api (one of node-js, go) ← the role backend, once server-side */
let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "http", name: "HTTP", hours: 2 },
      { slug: "node-js", formerSlugs: ["node", "nodejs"], name: "Node.js", hours: 10, requires: "http" },
      { slug: "go", name: "Go", hours: 20 },
      { slug: "api", name: "API", hours: 5, requires: { anyOf: ["node-js", "go"] } },
    ],
    resources: [{ slug: "the-book", formerSlugs: ["book"], name: "The book", kind: "BOOK" }],
    roles: [{ slug: "backend", formerSlugs: ["server-side"], name: "Backend", requires: "api" }],
  });
});
afterAll(() => api.close());

test("an entity is found by a slug that it had, and says so", async () => {
  const { data, errors } = await api.ask(`{
    skill(slug: "node") { slug formerSlugs }
    resource(slug: "book") { slug formerSlugs }
    role(slug: "server-side") { slug formerSlugs }
    node(id: "${encodeGlobalId("Skill", "nodejs")}") { ... on Skill { slug } }
    gone: node(id: "${encodeGlobalId("Skill", "nodej")}") { id }
  }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    skill: { slug: "node-js", formerSlugs: ["node", "nodejs"] },
    resource: { slug: "the-book", formerSlugs: ["book"] },
    role: { slug: "backend", formerSlugs: ["server-side"] },
    node: { slug: "node-js" },
    gone: null,
  });
});

test.each([
  ["known", ["api"], "&knownImplies=prerequisites_and_parts"],
  ["avoid", ["go", "api"], ""],
])("a path takes former slugs as goals and in %s", async (list, steps, implied) => {
  const { data, errors } = await api.ask(`{
    learningPath(input: { goals: [{ role: "server-side" }], ${list}: ["nodejs"] }) {
      ... on LearningPath { goals { slug } steps { skill { slug } } ignored { slug } checklist }
      ... on Error { message }
    }
  }`);
  expect(errors).toEqual([]);
  expect(data.learningPath).toEqual({
    goals: [{ slug: "backend" }],
    steps: steps.map((slug) => ({ skill: { slug } })),
    ignored: [],
    checklist: `/learning-path.md?role=backend&${list}=node-js${implied}`,
  });
});

test("a calendar that somebody subscribed to goes on", async () => {
  const link = "/learning-path.ics?role=server-side&known=node&weeklyHours=5&startOn=2027-01-04";
  const response = await fetch(`${api.url.replace(/\/graphql$/, "")}${link}`);
  expect(response.status).toBe(200);
  const events = new ICAL.Component(ICAL.parse(await response.text())).getAllSubcomponents("vevent");
  expect(events.map((event) => new ICAL.Event(event).summary)).toEqual(["Learn: API (5 h)"]);
});
