import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pages } from "../../../src/loaders/pages/filters.ts";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

const names = [
  "Ärzte",
  "API",
  "APIs",
  "AWS",
  "Adaptability",
  "ÉCLAIR",
  "edX",
  "freeCodeCamp",
  "Webinars",
  "r/programming",
  "Программирование",
];
const file: WrittenFile = {
  skills: names.map((name, at) => ({ slug: `skill-${at}`, name, hours: 1 })),
  resources: ["en", "en-GB", "english", "de", undefined].map((language, at) => ({
    slug: `resource-${at}`,
    name: `Resource ${at}`,
    kind: "BOOK" as const,
    teaches: [],
    ...(language !== undefined && { language }),
  })),
};

let api: TestApi;
beforeAll(async () => {
  api = await openApi(file);
});
afterAll(() => api.close());

async function namesOf(page: string): Promise<string[]> {
  const { data } = await api.ask(`{ skills(${page}) { nodes { name } } }`);
  return data.skills.nodes.map((node: { name: string }) => node.name);
}

const READING_ORDER = [
  "Adaptability",
  "API",
  "APIs",
  "Ärzte",
  "AWS",
  "ÉCLAIR",
  "edX",
  "freeCodeCamp",
  "r/programming",
  "Webinars",
  "Программирование",
];

describe("lists by name", () => {
  test("are in the order in which a reader looks things up", async () => {
    expect(await namesOf("orderBy: { field: NAME }")).toEqual(READING_ORDER);
    expect(await namesOf("orderBy: { field: NAME, direction: DESC }")).toEqual(READING_ORDER.toReversed());
  });

  test("are read in pages without a gap and without a row twice", async () => {
    const read: string[] = [];
    let after = "null";
    do {
      const { data } = await api.ask(
        `{ skills(orderBy: { field: NAME }, first: 2, after: ${after}) { nodes { name } pageInfo { endCursor hasNextPage } } }`,
      );
      read.push(...data.skills.nodes.map((node: { name: string }) => node.name));
      after = data.skills.pageInfo.hasNextPage ? JSON.stringify(data.skills.pageInfo.endCursor) : "";
    } while (after !== "");
    expect(read).toEqual(READING_ORDER);
  });
});

test.each([
  ["программирование", "Программирование"],
  ["éclair", "ÉCLAIR"],
  ["ärzte", "Ärzte"],
  ["EDX", "edX"],
])("a filter by %s finds %s", async (text, name) => {
  expect(await namesOf(`filter: { text: ${JSON.stringify(text)} }`)).toEqual([name]);
});

test.each([
  ["en", ["resource-0", "resource-1"]],
  ["EN", ["resource-0", "resource-1"]],
  ["en-gb", ["resource-1"]],
  ["en%", []],
])("resources in %s are %s", async (language, slugs) => {
  const { data } = await api.ask(`{ resources(filter: { language: "${language}" }) { nodes { slug } } }`);
  expect(data.resources.nodes.map((node: { slug: string }) => node.slug)).toEqual(slugs);
});

describe("a filter by a text, in memory", () => {
  const ALPHABET = [..."aBéÉßẞİıΣςσЖжǅ𐐀𐐨%_\\'. -", "e\u0301", "Å"];
  const KINDS = ["CONCEPT", "TOOL"] as const;
  /** Texts of a few letters, the same on every run: short ones, so that many have one another's. */
  const texts = fc.sample(
    fc.array(fc.constantFrom(...ALPHABET), { minLength: 1, maxLength: 6 }).map((letters) => letters.join("")),
    { numRuns: 400, seed: 17 },
  );
  const text = (at: number) => texts[at % texts.length]!.trim() || "x";
  const many: WrittenFile = {
    skills: Array.from({ length: 60 }, (_, at) => ({
      slug: `skill-${at}`,
      name: text(at),
      hours: 1 + (at % 7),
      kind: KINDS[at % 2]!,
      summary: text(at + 100),
      aliases: at % 3 === 0 ? [...new Set([text(at + 200), text(at + 260)])] : [],
    })),
    roles: Array.from({ length: 40 }, (_, at) => ({
      slug: `role-${at}`,
      name: text(at + 50),
      summary: text(at + 150),
      aliases: [text(at + 300)],
      requires: "skill-1",
    })),
    resources: Array.from({ length: 40 }, (_, at) => ({
      slug: `resource-${at}`,
      name: text(at + 70),
      kind: "BOOK" as const,
      summary: text(at + 170),
      teaches: [],
      ...(at % 2 === 0 && { provider: text(at + 310) }),
    })),
    projects: Array.from({ length: 40 }, (_, at) => ({
      slug: `project-${at}`,
      name: text(at + 80),
      brief: text(at + 180),
      hours: 1 + (at % 5),
    })),
  };
  let of: TestApi;
  beforeAll(async () => {
    of = await openApi(many);
  });
  afterAll(() => of.close());

  /** All pages of a list, two ways to read. */
  async function listed(list: string, args: string, size: number, isBackwards: boolean): Promise<string[]> {
    const slugs: string[] = [];
    for (let cursor = ""; ; ) {
      const { data, errors } = await of.ask(
        `{ ${list}(${isBackwards ? "last" : "first"}: ${size}, ${cursor} ${args}) { totalCount nodes { slug } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } } }`,
      );
      expect(errors).toEqual([]);
      const { nodes, pageInfo, totalCount } = data[list];
      expect(slugs.length).toBeLessThanOrEqual(totalCount);
      const found = nodes.map(({ slug }: { slug: string }) => slug);
      if (isBackwards) slugs.unshift(...found);
      else slugs.push(...found);
      if (isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage) {
        cursor = isBackwards ? `before: "${pageInfo.startCursor}",` : `after: "${pageInfo.endCursor}",`;
        continue;
      }
      expect(totalCount).toBe(slugs.length);
      return slugs;
    }
  }

  /** What the database itself finds in the columns. */
  async function inDatabase(list: string, wanted: string): Promise<Set<string>> {
    const { skill, role, resource, project } = of.store.prisma;
    const match = { contains: wanted.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
    const usual = [{ slug: match }, { name: match }];
    const rows = {
      skills: () =>
        skill.findMany({
          where: { OR: [...usual, { summary: match }, { aliases: { some: { alias: match } } }] },
        }),
      roles: () =>
        role.findMany({ where: { OR: [...usual, { summary: match }, { aliases: { has: wanted } }] } }),
      resources: () =>
        resource.findMany({ where: { OR: [...usual, { summary: match }, { provider: match }] } }),
      projects: () => project.findMany({ where: { OR: [...usual, { brief: match }] } }),
    }[list];
    return new Set((await rows!()).map(({ slug }) => slug));
  }

  test("finds what the database finds, in every order, with every other condition and from both ends", async () => {
    const part = fc.nat().chain((at) =>
      fc.tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 3 })).map(([from, length]) => {
        const letters = [...text(at)];
        return letters
          .slice(from % letters.length)
          .slice(0, length)
          .join("");
      }),
    );
    const list = fc.constantFrom("skills", "skills", "roles", "resources", "projects");
    const order = fc.constantFrom("SLUG", "NAME", "HOURS");
    const direction = fc.constantFrom("ASC", "DESC");
    const others = fc.constantFrom(
      "",
      "kinds: [TOOL],",
      "minHours: 3,",
      "metrics: { taughtBy: { max: 0 } },",
    );
    await fc.assert(
      fc.asyncProperty(
        part,
        list,
        order,
        direction,
        others,
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        async (wanted, from, field, way, other, size, isBackwards) => {
          const by = from === "roles" && field === "HOURS" ? "NAME" : field;
          const orderBy = `orderBy: { field: ${by}, direction: ${way} }`;
          const conditions = from === "skills" ? other : "";
          const withText = `filter: { ${conditions} text: ${JSON.stringify(wanted)} }, ${orderBy}`;
          const without = `${conditions && `filter: { ${conditions} },`} ${orderBy}`;
          const has = await inDatabase(from, wanted);
          const expected = (await listed(from, without, 100, false)).filter((slug) => has.has(slug));
          expect(await listed(from, withText, size, isBackwards)).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is left to the database where there are too many texts to keep", async () => {
    const kept = pages(of.store.prisma);
    const tooMany = pages(of.store.prisma, 100);
    for (const kind of ["skills", "roles", "resources", "projects"] as const)
      for (const wanted of ["a", "É", "%", text(301), "none of them"])
        expect(await tooMany[kind].count({ text: wanted })).toBe(await kept[kind].count({ text: wanted }));
    expect(await kept.texts("SKILL")).toBeDefined();
    expect(await tooMany.texts("SKILL")).toBeUndefined();
  });
});
