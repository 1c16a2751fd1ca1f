import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi } from "../../support/api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 5 },
      { slug: "go", name: "Go", hours: 20, requires: "git" },
    ],
    roles: [{ slug: "backend", name: "Backend", requires: "go" }],
  });
});
afterAll(() => api.close());

const QUESTION = `query ($from: StandingInput!) {
  skillGap(from: $from, to: { role: "backend" }) {
    ... on SkillGap { missingHours ignored { kind slug argument suggestions } }
    ... on NotFoundError { unknown { slug } }
  }
  transitions(from: $from, to: ["backend"]) {
    ... on Transitions { totalCount ignored { slug } }
    ... on NotFoundError { unknown { slug } }
  }
}`;
const known = ["git", "gti"];
const roles = ["gone"];

test("skills and roles of a standing that are gone are passed over on request, and listed", async () => {
  const { data, errors } = await api.ask(QUESTION, { from: { known, roles, unknown: "IGNORE" } });
  expect(errors).toEqual([]);
  expect(data.skillGap).toEqual({
    missingHours: 20,
    ignored: [
      { kind: "SKILL", slug: "gti", argument: "from.known", suggestions: ["git"] },
      { kind: "ROLE", slug: "gone", argument: "from.roles", suggestions: [] },
    ],
  });
  expect(data.transitions).toEqual({ totalCount: 1, ignored: [{ slug: "gti" }, { slug: "gone" }] });
});

test("they are refused otherwise", async () => {
  const unknown = [{ slug: "gti" }, { slug: "gone" }];
  const { data } = await api.ask(QUESTION, { from: { known, roles } });
  expect(data).toEqual({ skillGap: { unknown }, transitions: { unknown } });
});
