import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";
import { buildSource } from "../../support/built.ts";

/** Enough writes that the test sees ordinary ones of all kinds; by hand it was run with `WRITES=1000`. */
const WRITES = Number(process.env.WRITES ?? 12);

const FILE: WrittenFile = {
  skills: [
    { slug: "git", name: "Git", hours: 5 },
    { slug: "http", name: "HTTP", hours: 10 },
    { slug: "mysql", name: "MySQL", hours: 30 },
    { slug: "postgresql", name: "PostgreSQL", hours: 40 },
    { slug: "python", name: "Python", hours: 60 },
    {
      slug: "django",
      name: "Django",
      hours: 60,
      requires: { allOf: ["python", "http", { anyOf: ["postgresql", "mysql"] }] },
    },
  ],
  roles: [{ slug: "developer", name: "Developer", requires: { allOf: ["django", "git"] } }],
  roadmaps: [{ slug: "way", name: "A way", steps: [{ name: "First", requires: "python" }] }],
};
const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;
const IMPORT = `mutation ($file: String!) { importGraph(file: $file, mode: UPDATE) { __typename ... on Error { message } } }`;

let api: TestApi;
beforeAll(async () => {
  buildSource();
  api = await openApi(FILE);
});
afterAll(() => api.close());

const get = async (path: string) => {
  const response = await fetch(api.url + path);
  return { status: response.status, etag: response.headers.get("etag"), text: await response.text() };
};
const apply = async (...changes: object[]) => {
  const { data } = await api.write(APPLY, { changes });
  if (data.applyChanges.__typename !== "GraphWrite") throw new Error(data.applyChanges.message);
};

/** One of several ordinary writes, each of another kind. */
async function write(number: number): Promise<void> {
  const kinds = [
    () => apply({ setHours: { skill: "python", hours: 61 + number } }),
    () => apply({ addSkill: { slug: `new-${number}`, hours: 2 } }),
    () => apply({ addPrerequisite: { to: { skill: "git" }, requires: { skill: `new-${number - 1}` } } }),
    () => apply({ setHours: { skill: "mysql", hours: 50 + number } }),
  ];
  await kinds[number % kinds.length]!();
}

const PINNED = [
  "/embed/roles/developer?revision=1",
  "/embed/roles/developer?view=graph&theme=dark&known=git&revision=1",
  "/embed/skills/django?revision=1&view=graph",
  "/embed/roadmaps/way?revision=1",
  "/embed/path?role=developer&choose=postgresql&weeklyHours=10&startOn=2027-01-04&revision=1",
];

describe("a pinned embed", () => {
  test(`is the same, byte for byte, after ${WRITES} writes, a new name and a deleted skill`, async () => {
    const before = await Promise.all(PINNED.map(get));
    for (const { status, text } of before) expect(status, text).toBe(200);
    const free = (await get("/embed/roles/developer")).text;
    for (let number = 0; number < WRITES; number++) await write(number);
    await api.write(IMPORT, {
      file: "skills: [{ slug: web-protocols, formerSlugs: [http], name: Protocols of the web, hours: 12 }]",
    });
    await apply({ removeSkill: "git" });
    const after = await Promise.all(PINNED.map(get));
    expect(after).toEqual(before);
    expect((await get("/embed/roles/developer")).text).not.toBe(free);
  });

  test("of the newest revision is what an embed without one is, but for its link", async () => {
    const { revision } = api.store.snapshot();
    const pinned = await get(`/embed/roles/developer?revision=${revision}`);
    expect(pinned.text).toBe((await get("/embed/roles/developer")).text);
  });

  test("says in the frame what to do about a revision that is yet to come, or none", async () => {
    const { revision } = api.store.snapshot();
    const later = await get(`/embed/roles/developer?revision=${revision + 1}&theme=dark`);
    expect(later.status).toBe(404);
    expect(later.text).toContain(`There is no revision ${revision + 1} yet: the newest is ${revision}.`);
    expect(later.text).toContain('data-theme="dark"');
    const wrong = await get("/embed/roles/developer?revision=first");
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain("Expected revision to be the number of a revision, got &quot;first&quot;.");
  });

  test("says so where the log does not tell the revision any more", async () => {
    const { revision } = api.store.snapshot();
    await apply({ setHours: { skill: "python", hours: 9 } });
    // As after a write of more entities than the log keeps.
    await api.store.prisma
      .$executeRaw`UPDATE "Change" SET "before" = NULL WHERE "revision" = ${revision + 1}`;
    const gone = await get(`/embed/roles/developer?revision=${revision - 2}`);
    expect(gone.status).toBe(410);
    expect(gone.text).toContain(
      `Pin the embed to the newest revision, ${revision + 1}, or leave revision out.`,
    );
  });
});
