import { afterAll, beforeAll, expect, test } from "vitest";
import { openApi, type TestApi } from "../support/api.ts";

/**
 * git        python ─┐          ┌─ postgresql
 *            java ───┴ | web ─ &┤
 *                               └─ mysql          (web needs one language and one database)
 */
let api: TestApi;
beforeAll(async () => {
  api = await openApi({
    skills: [
      { slug: "git", name: "Git", hours: 5 },
      { slug: "python", name: "Python", hours: 40 },
      { slug: "java", name: "Java", hours: 60 },
      { slug: "postgresql", name: "PostgreSQL", hours: 30 },
      { slug: "mysql", name: "MySQL", hours: 25.5 },
      {
        slug: "web",
        name: "Web development",
        hours: 50,
        requires: { allOf: [{ anyOf: ["python", "java"] }, { anyOf: ["postgresql", "mysql"] }] },
      },
    ],
    roles: [{ slug: "backend-developer", name: "Backend developer", requires: { allOf: ["web", "git"] } }],
  });
});
afterAll(() => api.close());

const CORE = `query Path($input: LearningPathInput!) {
  learningPath(input: $input) {
    __typename
    ... on LearningPath {
      revision totalHours isOptimal lowerBoundHours
      steps { position stage hours skill { slug name } because { goals { slug } requiredBy { slug } } alternatives { skill { slug } extraHours } }
    }
    ... on Error { message }
  }
}`;

test("the core query answers the cheapest path with reasons and prices", async () => {
  const { data, errors } = await api.ask(CORE, {
    input: {
      goals: [{ role: "backend-developer" }],
      known: ["git"],
      choose: ["python"],
      avoid: [],
      weeklyHours: 10,
      startOn: "2027-01-04",
    },
  });
  expect(errors).toEqual([]);
  expect(data).toMatchInlineSnapshot(`
    {
      "learningPath": {
        "__typename": "LearningPath",
        "isOptimal": true,
        "lowerBoundHours": 115.5,
        "revision": 1,
        "steps": [
          {
            "alternatives": [
              {
                "extraHours": 4.5,
                "skill": {
                  "slug": "postgresql",
                },
              },
            ],
            "because": {
              "goals": [
                {
                  "slug": "backend-developer",
                },
              ],
              "requiredBy": [
                {
                  "slug": "web",
                },
              ],
            },
            "hours": 25.5,
            "position": 1,
            "skill": {
              "name": "MySQL",
              "slug": "mysql",
            },
            "stage": 0,
          },
          {
            "alternatives": [
              {
                "extraHours": null,
                "skill": {
                  "slug": "java",
                },
              },
            ],
            "because": {
              "goals": [
                {
                  "slug": "python",
                },
                {
                  "slug": "backend-developer",
                },
              ],
              "requiredBy": [
                {
                  "slug": "web",
                },
              ],
            },
            "hours": 40,
            "position": 2,
            "skill": {
              "name": "Python",
              "slug": "python",
            },
            "stage": 0,
          },
          {
            "alternatives": [],
            "because": {
              "goals": [
                {
                  "slug": "backend-developer",
                },
              ],
              "requiredBy": [
                {
                  "slug": "backend-developer",
                },
              ],
            },
            "hours": 50,
            "position": 3,
            "skill": {
              "name": "Web development",
              "slug": "web",
            },
            "stage": 1,
          },
        ],
        "totalHours": 115.5,
      },
    }
  `);
});
