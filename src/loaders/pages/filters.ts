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
import { literally } from "../../store/literally.ts";
import type { RowReader } from "../../store/store.ts";
import { inSlices } from "../../workers/slices.ts";
import { HOUR_ORDERS, NAME_ORDERS, pagesOf, RESOURCE_ORDERS } from "./page.ts";
import { amongIds, type IdCondition, MAX_IDS, type SupportFilter, supportedRows } from "./support.ts";
import { rowTexts, type TextKind } from "./texts.ts";

/** The pages of every table that has a connection. `maxLetters`: how many letters of texts are kept of a kind. */
export function pages(prisma: RowReader, maxLetters?: number) {
  const texts = rowTexts(prisma, maxLetters);
  /** The rows that have a text: by their ids, or by the columns where the database has to look itself. */
  const having = async <Where>(
    kind: TextKind,
    text: string | undefined,
    columns: (match: Match) => Where[],
  ): Promise<IdCondition | { OR: Where[] }> => {
    if (text === undefined) return {};
    const kept = await texts(kind);
    const ids = kept && (await inSlices(kept.having(text)));
    return ids !== undefined && ids.length <= MAX_IDS
      ? { id: { in: ids } }
      : { OR: columns(containing(text)) };
  };
  const whichProjects = async (filter: ProjectFilter) => [
    whereProject(filter),
    await having("PROJECT", filter.text, (brief) => [...named(brief), { brief }]),
    await supportedRows(prisma, "PROJECT", filter),
  ];
  const whichResources = async (filter: ResourceFilter) => [
    whereResource(filter),
    await having("RESOURCE", filter.text, (match) => [...described(match), { provider: match }]),
    await supportedRows(prisma, "RESOURCE", filter),
  ];
  const whichRoles = async (filter: RoleFilter) => [
    whereRole(filter),
    {
      OR:
        filter.text === undefined
          ? undefined
          : [await having("ROLE", filter.text, described), { aliases: { has: filter.text } }],
    },
    await supportedRows(prisma, "ROLE", filter),
  ];
  const whichSkills = async (filter: SkillFilter) => [
    whereSkill(filter),
    await having("SKILL", filter.text, (match) => [
      ...described(match),
      { aliases: { some: { alias: match } } },
    ]),
    await supportedRows(prisma, "SKILL", filter),
    await partsOf(prisma, filter.partOf),
  ];
  return {
    texts,
    documents: pagesOf(prisma.document, NAME_ORDERS, whereDocument),
    projects: pagesOf(prisma.project, HOUR_ORDERS, whichProjects),
    resources: pagesOf(prisma.resource, RESOURCE_ORDERS, whichResources),
    roadmaps: pagesOf(prisma.roadmap, NAME_ORDERS, async (filter: RoadmapFilter) => [
      whereRoadmap(filter),
      await supportedRows(prisma, "ROADMAP", filter),
    ]),
    roles: pagesOf(prisma.role, NAME_ORDERS, whichRoles),
    skills: pagesOf(prisma.skill, HOUR_ORDERS, whichSkills),
    /** The first notes that pass the filter, in the order of their skills' slugs. */
    notes: async ({ kind, text, partOf, ...support }: NoteFilter, first: number) =>
      prisma.note.findMany({
        where: {
          AND: [
            {
              kind,
              text: text === undefined ? undefined : containing(text),
              skill: await partsOf(prisma, partOf),
            },
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
function containing(text: string) {
  return { contains: literally(text), mode: "insensitive" as const };
}
type Match = ReturnType<typeof containing>;

/** The columns that have it in most tables. */
const named = (match: Match) => [{ slug: match }, { name: match }];
const described = (match: Match) => [...named(match), { summary: match }];

/** A language tag that a range includes: `en` includes `en-GB` (RFC 4647, basic filtering), letter case aside. */
function inLanguage(range: string | undefined): Prisma.ResourceWhereInput {
  if (range === undefined) return {};
  const tag = literally(range);
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
  if (text === undefined) return [];
  const match = containing(text);
  return [{ OR: [{ name: match }, { publisher: match }] }];
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
  const { practises } = filter;
  return {
    kind: among(filter.kinds),
    difficulty: among(filter.difficulties),
    practises: practises === undefined ? undefined : { some: { skill: { slug: practises } } },
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
  const { author, teaches } = filter;
  return {
    AND: inLanguage(filter.language),
    kind: among(filter.kinds),
    cost: among(filter.costs),
    isGeneric: filter.isGeneric,
    authors: author === undefined ? undefined : { has: author },
    teaches: teaches === undefined ? undefined : { some: { skill: { slug: teaches } } },
  };
}

interface RoadmapFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary. */
  readonly text?: string;
  /** The slug of a skill that some step requires or lists as an alternative. */
  readonly requires?: string;
}

function whereRoadmap(filter: RoadmapFilter): Prisma.RoadmapWhereInput {
  const { requires, text } = filter;
  return {
    steps: requires === undefined ? undefined : { some: { nodes: { some: { needs: { slug: requires } } } } },
    OR: text === undefined ? undefined : described(containing(text)),
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
  const { requires } = filter;
  return {
    coverage: filter.coverage,
    seniorities: filter.seniority === undefined ? undefined : { has: filter.seniority },
    nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
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
  const { requires, taughtBy, practisedBy } = filter;
  return {
    kind: among(filter.kinds),
    level: among(filter.levels),
    hours: { gte: filter.minHours, lte: filter.maxHours },
    nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
    taughtBy: taughtBy === undefined ? undefined : { some: { resource: { slug: taughtBy } } },
    practised: practisedBy === undefined ? undefined : { some: { project: { slug: practisedBy } } },
  };
}
