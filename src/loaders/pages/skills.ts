import type { Level, Prisma, PrismaClient, Skill, SkillKind } from "../../store/generated/client/client.ts";
import { among, citedBy, containing } from "./conditions.ts";
import { HOUR_ORDERS, type HourOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";

export interface SkillFilter {
  readonly kinds?: readonly SkillKind[];
  readonly levels?: readonly Level[];
  /** Occurs in the slug, the name, the summary or an alias. */
  readonly text?: string;
  /** Slugs of a wider skill, a resource, a project and a document. */
  readonly partOf?: string;
  readonly taughtBy?: string;
  readonly practisedBy?: string;
  readonly citedBy?: string;
  readonly minHours?: number;
  readonly maxHours?: number;
}

export function skillPages(prisma: PrismaClient): Pages<Skill, SkillFilter, HourOrder> {
  const where = async (filter: SkillFilter): Promise<Prisma.SkillWhereInput> => {
    const { partOf, taughtBy, practisedBy, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      id: await citedBy(prisma, "SKILL", filter.citedBy),
      kind: among(filter.kinds),
      level: among(filter.levels),
      hours: { gte: filter.minHours, lte: filter.maxHours },
      partOf: partOf === undefined ? undefined : { some: { whole: { slug: partOf } } },
      taughtBy: taughtBy === undefined ? undefined : { some: { resource: { slug: taughtBy } } },
      practised: practisedBy === undefined ? undefined : { some: { project: { slug: practisedBy } } },
      OR: found && [
        { slug: found },
        { name: found },
        { summary: found },
        { aliases: { some: { alias: found } } },
      ],
    };
  };
  return {
    load: async (request) => {
      const filter = await where(request.filter);
      return loadPage(HOUR_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.skill.findMany({ where: { AND: [filter, ...conditions] }, orderBy, take }),
      );
    },
    count: async (filter) => prisma.skill.count({ where: await where(filter) }),
  };
}
