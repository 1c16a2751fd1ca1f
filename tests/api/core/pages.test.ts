import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { openApi, type TestApi, type WrittenFile } from "../../support/api.ts";

/** Connections as Relay's specification wants them, over skills of which many share a name or their hours. */

const LETTERS = [..."abcdefghijklmnopqrstuvwxy"];
const skills = LETTERS.map((letter, at) => ({
  slug: `skill-${letter}`,
  name: `Name ${at % 7}`,
  hours: at % 5,
  // The first is named by all others, two more by some; the third by none, since a test deletes it.
  ...(at > 0 && {
    requires: { allOf: at < 4 ? ["skill-a"] : ["skill-a", `skill-${LETTERS[at % 2 === 0 ? 1 : 3]}`] },
  }),
}));
/** How many name the skill at an index. */
const dependents = (at: number) =>
  skills.filter(({ requires }) => requires?.allOf.includes(skills[at]!.slug)).length;

let api: TestApi;
beforeAll(async () => {
  api = await openApi({ skills });
});
afterAll(() => api.close());

interface PageArguments {
  readonly first?: number;
  readonly last?: number;
  readonly after?: string;
  readonly before?: string;
  readonly orderBy?: {
    readonly field: "SLUG" | "NAME" | "HOURS" | "DEPENDENTS";
    readonly direction: "ASC" | "DESC";
  };
}

interface Page {
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly slug: string } }[];
}

async function page(args: PageArguments): Promise<Page> {
  const { data, errors } = await api.ask(
    `query ($first: Int, $last: Int, $after: String, $before: String, $orderBy: SkillOrder) {
      skills(first: $first, last: $last, after: $after, before: $before, orderBy: $orderBy) {
        totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { slug } }
      }
    }`,
    { ...args },
  );
  expect(errors).toEqual([]);
  return data.skills;
}

const slugs = ({ edges }: Page) => edges.map(({ node }) => node.slug);

function inOrder(orderBy: NonNullable<PageArguments["orderBy"]>): string[] {
  const { field, direction } = orderBy;
  const sign = direction === "ASC" ? 1 : -1;
  const key = (skill: (typeof skills)[number]) =>
    field === "DEPENDENTS"
      ? dependents(skills.indexOf(skill))
      : { SLUG: skill.slug, NAME: skill.name, HOURS: skill.hours }[field];
  const compare = <Value>(a: Value, b: Value) => (a < b ? -1 : a > b ? 1 : 0);
  return skills
    .toSorted((a, b) => sign * (compare(key(a), key(b)) || compare(a.slug, b.slug)))
    .map(({ slug }) => slug);
}

const order = fc.record({
  field: fc.constantFrom("SLUG" as const, "NAME" as const, "HOURS" as const, "DEPENDENTS" as const),
  direction: fc.constantFrom("ASC" as const, "DESC" as const),
});

test("pages forwards and backwards are stretches of the same list", async () => {
  await fc.assert(
    fc.asyncProperty(
      order,
      fc.integer({ min: 1, max: 12 }),
      fc.boolean(),
      async (orderBy, size, backwards) => {
        const all = inOrder(orderBy);
        const seen: string[] = [];
        let cursor: string | undefined;
        for (;;) {
          const found = await page(
            backwards ? { last: size, before: cursor, orderBy } : { first: size, after: cursor, orderBy },
          );
          expect(found.totalCount).toBe(all.length);
          expect(found.pageInfo.startCursor).toBe(found.edges[0]?.cursor ?? null);
          expect(found.pageInfo.endCursor).toBe(found.edges.at(-1)?.cursor ?? null);
          if (backwards) seen.unshift(...slugs(found));
          else seen.push(...slugs(found));
          const more = backwards ? found.pageInfo.hasPreviousPage : found.pageInfo.hasNextPage;
          expect(more).toBe(seen.length < all.length);
          if (!more) break;
          cursor = (backwards ? found.pageInfo.startCursor : found.pageInfo.endCursor) ?? undefined;
        }
        expect(seen).toEqual(all);
      },
    ),
    { numRuns: 12 },
  );
});

test("after and before together bound a page on both sides", async () => {
  const orderBy = { field: "SLUG", direction: "ASC" } as const;
  const all = await page({ first: 25, orderBy });
  const between = await page({ after: all.edges[3]!.cursor, before: all.edges[9]!.cursor, orderBy });
  expect(slugs(between)).toEqual(slugs(all).slice(4, 9));
  const lastTwo = await page({ last: 2, after: all.edges[3]!.cursor, before: all.edges[9]!.cursor, orderBy });
  expect(slugs(lastTwo)).toEqual(slugs(all).slice(7, 9));
  expect(lastTwo.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
});

test("an empty page has no cursors, and the size 0 is a size", async () => {
  const none = await page({ first: 0 });
  expect(none).toMatchObject({ edges: [], totalCount: 25, pageInfo: { startCursor: null, endCursor: null } });
  expect(none.pageInfo.hasNextPage).toBe(true);
});

test("a page holds 20 when the request does not say", async () => {
  expect((await page({})).edges).toHaveLength(20);
});

test("a cursor stays good when rows are written around it and when its own row is deleted", async () => {
  const orderBy = { field: "SLUG", direction: "ASC" } as const;
  const write = (file: WrittenFile, replace: boolean) =>
    api.store.write(toRows(graphFile.parse(file)), "test", { replace });
  const cursor = (await page({ first: 3, orderBy })).pageInfo.endCursor!;
  const without = skills.filter(({ slug }) => slug !== "skill-c");
  const added = ["skill-aa", "skill-ca", "skill-d0"].map((slug) => ({ slug, name: slug, hours: 1 }));
  await write({ skills: [...without, ...added] }, true);
  const next = await page({ first: 4, after: cursor, orderBy });
  await write({ skills }, true);
  expect(slugs(next)).toEqual(["skill-ca", "skill-d", "skill-d0", "skill-e"]);
});

test("resources are listed by cost and by hours, the unknown as the most, and page by page as a whole", async () => {
  const costs = ["PAID", undefined, "FREE", "FREEMIUM", "FREE", undefined, "PAID"] as const;
  const hours = [3, 1, undefined, 2, undefined, 3, 0.5];
  const resources = costs.map((cost, at) => ({
    slug: `resource-${at}`,
    name: `Resource ${at}`,
    kind: "BOOK" as const,
    ...(cost !== undefined && { cost }),
    ...(hours[at] !== undefined && { hours: hours[at] }),
  }));
  await api.store.write(toRows(graphFile.parse({ skills, resources })), "test", { replace: true });
  const list = async (field: string, direction: string, args: string) => {
    const { data, errors } = await api.ask(
      `{ resources(orderBy: { field: ${field}, direction: ${direction} }, ${args}) { pageInfo { startCursor endCursor hasNextPage hasPreviousPage } nodes { slug } } }`,
    );
    expect(errors).toEqual([]);
    const { nodes, pageInfo } = data!.resources;
    return { pageInfo, slugs: nodes.map(({ slug }: { slug: string }) => Number(slug.slice(-1))) };
  };
  const expected = { COST: [2, 4, 3, 0, 6, 1, 5], HOURS: [6, 1, 3, 0, 5, 2, 4] };
  for (const [field, ascending] of Object.entries(expected))
    for (const direction of ["ASC", "DESC"]) {
      const all = direction === "ASC" ? ascending : ascending.toReversed();
      const forwards: number[] = [];
      for (let args = "first: 2"; ; ) {
        const { slugs, pageInfo } = await list(field, direction, args);
        forwards.push(...slugs);
        if (!pageInfo.hasNextPage) break;
        args = `first: 2, after: "${pageInfo.endCursor}"`;
      }
      expect(forwards).toEqual(all);
      const backwards: number[] = [];
      for (let args = "last: 3"; ; ) {
        const { slugs, pageInfo } = await list(field, direction, args);
        backwards.unshift(...slugs);
        if (!pageInfo.hasPreviousPage) break;
        args = `last: 3, before: "${pageInfo.startCursor}"`;
      }
      expect(backwards).toEqual(all);
    }
});
