import type {
  Cost,
  Level,
  Prisma,
  PrismaClient,
  ProjectKind,
  ResourceKind,
  SkillKind,
} from "../../store/generated/client/client.ts";
import { HOUR_ORDERS, NAME_ORDERS, pagesOf } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

/** The pages of every table that has a connection. */
export function pages(prisma: PrismaClient) {
  return {
    documents: pagesOf(
      NAME_ORDERS,
      whereDocument,
      (query) => prisma.document.findMany(query),
      (query) => prisma.document.count(query),
    ),
    projects: pagesOf(
      HOUR_ORDERS,
      (filter: ProjectFilter) => whereProject(prisma, filter),
      (query) => prisma.project.findMany(query),
      (query) => prisma.project.count(query),
    ),
    resources: pagesOf(
      NAME_ORDERS,
      (filter: ResourceFilter) => whereResource(prisma, filter),
      (query) => prisma.resource.findMany(query),
      (query) => prisma.resource.count(query),
    ),
    roadmaps: pagesOf(
      NAME_ORDERS,
      (filter: RoadmapFilter) => whereRoadmap(prisma, filter),
      (query) => prisma.roadmap.findMany(query),
      (query) => prisma.roadmap.count(query),
    ),
    roles: pagesOf(
      NAME_ORDERS,
      (filter: RoleFilter) => whereRole(prisma, filter),
      (query) => prisma.role.findMany(query),
      (query) => prisma.role.count(query),
    ),
    skills: pagesOf(
      HOUR_ORDERS,
      (filter: SkillFilter) => whereSkill(prisma, filter),
      (query) => prisma.skill.findMany(query),
      (query) => prisma.skill.count(query),
    ),
  };
}

/** A text that occurs in a column, letter case aside; `%` and `_` stand for themselves. */
function containing(text: string | undefined) {
  return text === undefined
    ? undefined
    : { contains: text.replace(/[\\%_]/g, "\\$&"), mode: "insensitive" as const };
}

/** One of the values, where a list is given. */
function among<Value>(values: readonly Value[] | undefined): { in: Value[] } | undefined {
  return values === undefined ? undefined : { in: [...values] };
}

interface DocumentFilter {
  /** Occurs in the title or the publisher. */
  readonly text?: string;
}

async function whereDocument({ text }: DocumentFilter): Promise<Prisma.DocumentWhereInput> {
  const match = containing(text);
  return { OR: match && [{ name: match }, { publisher: match }] };
}

interface ProjectFilter extends SupportFilter {
  readonly kinds?: readonly ProjectKind[];
  readonly difficulties?: readonly Level[];
  /** Occurs in the slug, the name or the brief. */
  readonly text?: string;
  /** The slug of a skill. */
  readonly practises?: string;
}

async function whereProject(prisma: PrismaClient, filter: ProjectFilter): Promise<Prisma.ProjectWhereInput> {
  const match = containing(filter.text);
  const { practises } = filter;
  return {
    AND: await supportedRows(prisma, "PROJECT", filter),
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
}

async function whereResource(
  prisma: PrismaClient,
  filter: ResourceFilter,
): Promise<Prisma.ResourceWhereInput> {
  const match = containing(filter.text);
  const { author, teaches } = filter;
  return {
    AND: await supportedRows(prisma, "RESOURCE", filter),
    kind: among(filter.kinds),
    cost: among(filter.costs),
    language: filter.language,
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

async function whereRoadmap(prisma: PrismaClient, filter: RoadmapFilter): Promise<Prisma.RoadmapWhereInput> {
  const match = containing(filter.text);
  const { requires } = filter;
  return {
    AND: await supportedRows(prisma, "ROADMAP", filter),
    steps: requires === undefined ? undefined : { some: { nodes: { some: { needs: { slug: requires } } } } },
    OR: match && [{ slug: match }, { name: match }, { summary: match }],
  };
}

interface RoleFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary, or equals an alias. */
  readonly text?: string;
  /** The slug of a skill that the requirement names anywhere. */
  readonly requires?: string;
}

async function whereRole(prisma: PrismaClient, filter: RoleFilter): Promise<Prisma.RoleWhereInput> {
  const match = containing(filter.text);
  const { requires } = filter;
  return {
    AND: await supportedRows(prisma, "ROLE", filter),
    nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
    OR: match && [{ slug: match }, { name: match }, { summary: match }, { aliases: { has: filter.text } }],
  };
}

interface SkillFilter extends SupportFilter {
  readonly kinds?: readonly SkillKind[];
  readonly levels?: readonly Level[];
  /** Occurs in the slug, the name, the summary or an alias. */
  readonly text?: string;
  /** The slug of a wider skill. */
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

async function whereSkill(prisma: PrismaClient, filter: SkillFilter): Promise<Prisma.SkillWhereInput> {
  const match = containing(filter.text);
  const { partOf, requires, taughtBy, practisedBy } = filter;
  return {
    AND: await supportedRows(prisma, "SKILL", filter),
    kind: among(filter.kinds),
    level: among(filter.levels),
    hours: { gte: filter.minHours, lte: filter.maxHours },
    partOf: partOf === undefined ? undefined : { some: { whole: { slug: partOf } } },
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
