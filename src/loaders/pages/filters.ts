import type {
  Cost,
  Level,
  NoteKind,
  Prisma,
  ProjectKind,
  ResourceKind,
  RoleCoverage,
  Seniority,
  SkillKind,
} from "../../store/generated/client/client.ts";
import type { RowReader } from "../../store/store.ts";
import { HOUR_ORDERS, NAME_ORDERS, pagesOf, RESOURCE_ORDERS } from "./page.ts";
import { amongIds, type PagedKind, type SupportFilter, supportedRows } from "./support.ts";

/** The pages of every table that has a connection. */
export function pages(prisma: RowReader) {
  const supported =
    <Filter extends SupportFilter, Where>(kind: PagedKind, where: (filter: Filter) => Where) =>
    async (filter: Filter) => [where(filter), await supportedRows(prisma, kind, filter)];
  const whichSkills = async (filter: SkillFilter) => [
    whereSkill(filter),
    await supportedRows(prisma, "SKILL", filter),
    await partsOf(prisma, filter.partOf),
  ];
  return {
    documents: pagesOf(prisma.document, NAME_ORDERS, whereDocument),
    projects: pagesOf(prisma.project, HOUR_ORDERS, supported("PROJECT", whereProject)),
    resources: pagesOf(prisma.resource, RESOURCE_ORDERS, supported("RESOURCE", whereResource)),
    roadmaps: pagesOf(prisma.roadmap, NAME_ORDERS, supported("ROADMAP", whereRoadmap)),
    roles: pagesOf(prisma.role, NAME_ORDERS, supported("ROLE", whereRole)),
    skills: pagesOf(prisma.skill, HOUR_ORDERS, whichSkills),
    /** The first notes that pass the filter, in the order of their skills' slugs. */
    notes: async ({ kind, text, partOf, ...support }: NoteFilter, first: number) =>
      prisma.note.findMany({
        where: {
          AND: [
            { kind, text: containing(text), skill: await partsOf(prisma, partOf) },
            await supportedRows(prisma, "NOTE", support),
          ],
        },
        orderBy: [{ skill: { slug: "asc" } }, { ordinal: "asc" }],
        take: first,
      }),
    /** The ids of all skills that pass the filter. */
    skillIds: async (filter: SkillFilter) => {
      const where = { AND: await whichSkills(filter) };
      return (await prisma.skill.findMany({ where, select: { id: true } })).map(({ id }) => id);
    },
  };
}

/**
 * A condition on the ids of skills: parts of the skill of a slug, parts of these, and so on; not the skill itself,
 * unless parts run in a circle. One statement, O(skills).
 */
async function partsOf(prisma: RowReader, whole: string | undefined): Promise<Prisma.SkillWhereInput> {
  if (whole === undefined) return {};
  const [found] = await prisma.$queryRaw<{ matching: number[] | null; others: number[] | null }[]>`
    WITH RECURSIVE "inside" AS (
      SELECT "partId" AS "id" FROM "PartOf" JOIN "Skill" ON "Skill"."id" = "wholeId" WHERE "slug" = ${whole}
      UNION SELECT "partId" FROM "PartOf" JOIN "inside" ON "wholeId" = "inside"."id"
    ) SELECT json_agg("Skill"."id") FILTER (WHERE "inside"."id" IS NOT NULL) AS "matching",
      json_agg("Skill"."id") FILTER (WHERE "inside"."id" IS NULL) AS "others"
    FROM "Skill" LEFT JOIN "inside" USING ("id")`;
  return amongIds(found);
}

/** A text that occurs in a column, letter case aside; `%` and `_` stand for themselves. */
function containing(text: string | undefined) {
  return text === undefined
    ? undefined
    : { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
}

/** A language tag that a range includes: `en` includes `en-GB` (RFC 4647, basic filtering), letter case aside. */
function inLanguage(range: string | undefined): Prisma.ResourceWhereInput {
  if (range === undefined) return {};
  const tag = range.replace(/[\\%_]/g, "\\$&");
  const mode = "insensitive" as const;
  return { OR: [{ language: { equals: tag, mode } }, { language: { startsWith: `${tag}-`, mode } }] };
}

/** One of the values, where a list is given. */
function among<Value>(values: readonly Value[] | undefined): { in: Value[] } | undefined {
  return values === undefined ? undefined : { in: [...values] };
}

interface DocumentFilter {
  /** Occurs in the title or the publisher. */
  readonly text?: string;
}

function whereDocument({ text }: DocumentFilter): Prisma.DocumentWhereInput[] {
  const match = containing(text);
  return [{ OR: match && [{ name: match }, { publisher: match }] }];
}

interface ProjectFilter extends SupportFilter {
  readonly kinds?: readonly ProjectKind[];
  readonly difficulties?: readonly Level[];
  /** Occurs in the slug, the name or the brief. */
  readonly text?: string;
  /** The slug of a skill. */
  readonly practises?: string;
}

function whereProject(filter: ProjectFilter): Prisma.ProjectWhereInput {
  const match = containing(filter.text);
  const { practises } = filter;
  return {
    kind: among(filter.kinds),
    difficulty: among(filter.difficulties),
    practises: practises === undefined ? undefined : { some: { skill: { slug: practises } } },
    OR: match && [{ slug: match }, { name: match }, { brief: match }],
  };
}

interface ResourceFilter extends SupportFilter {
  readonly kinds?: readonly ResourceKind[];
  readonly costs?: readonly Cost[];
  readonly language?: string;
  /** Occurs in the slug, the name, the summary or the provider. */
  readonly text?: string;
  readonly author?: string;
  /** The slug of a skill. */
  readonly teaches?: string;
  readonly isGeneric?: boolean;
}

function whereResource(filter: ResourceFilter): Prisma.ResourceWhereInput {
  const match = containing(filter.text);
  const { author, teaches } = filter;
  return {
    AND: inLanguage(filter.language),
    kind: among(filter.kinds),
    cost: among(filter.costs),
    isGeneric: filter.isGeneric,
    authors: author === undefined ? undefined : { has: author },
    teaches: teaches === undefined ? undefined : { some: { skill: { slug: teaches } } },
    OR: match && [{ slug: match }, { name: match }, { summary: match }, { provider: match }],
  };
}

interface RoadmapFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary. */
  readonly text?: string;
  /** The slug of a skill that some step requires or lists as an alternative. */
  readonly requires?: string;
}

function whereRoadmap(filter: RoadmapFilter): Prisma.RoadmapWhereInput {
  const match = containing(filter.text);
  const { requires } = filter;
  return {
    steps: requires === undefined ? undefined : { some: { nodes: { some: { needs: { slug: requires } } } } },
    OR: match && [{ slug: match }, { name: match }, { summary: match }],
  };
}

interface RoleFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary, or equals an alias. */
  readonly text?: string;
  /** The slug of a skill that the requirement names anywhere. */
  readonly requires?: string;
  readonly coverage?: RoleCoverage;
  readonly seniority?: Seniority;
}

function whereRole(filter: RoleFilter): Prisma.RoleWhereInput {
  const match = containing(filter.text);
  const { requires } = filter;
  return {
    coverage: filter.coverage,
    seniorities: filter.seniority === undefined ? undefined : { has: filter.seniority },
    nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
    OR: match && [{ slug: match }, { name: match }, { summary: match }, { aliases: { has: filter.text } }],
  };
}

export interface NoteFilter extends SupportFilter {
  readonly kind?: NoteKind;
  /** Occurs in the note. */
  readonly text?: string;
  /** The slug of a skill that the noted one is part of, at any distance. */
  readonly partOf?: string;
}

export interface SkillFilter extends SupportFilter {
  readonly kinds?: readonly SkillKind[];
  readonly levels?: readonly Level[];
  /** Occurs in the slug, the name, the summary or an alias. */
  readonly text?: string;
  /** The slug of a wider skill, at any distance. */
  readonly partOf?: string;
  /** The slug of a skill that the requirement names anywhere. */
  readonly requires?: string;
  /** The slug of a resource. */
  readonly taughtBy?: string;
  /** The slug of a project. */
  readonly practisedBy?: string;
  readonly minHours?: number;
  readonly maxHours?: number;
}

function whereSkill(filter: SkillFilter): Prisma.SkillWhereInput {
  const match = containing(filter.text);
  const { requires, taughtBy, practisedBy } = filter;
  return {
    kind: among(filter.kinds),
    level: among(filter.levels),
    hours: { gte: filter.minHours, lte: filter.maxHours },
    nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
    taughtBy: taughtBy === undefined ? undefined : { some: { resource: { slug: taughtBy } } },
    practised: practisedBy === undefined ? undefined : { some: { project: { slug: practisedBy } } },
    OR: match && [
      { slug: match },
      { name: match },
      { summary: match },
      { aliases: { some: { alias: match } } },
    ],
  };
}
