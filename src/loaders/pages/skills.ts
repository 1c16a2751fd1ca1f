import type { Level, Prisma, PrismaClient, Skill, SkillKind } from "../../store/generated/client/client.ts";
import { among, containing } from "./conditions.ts";
import { HOUR_ORDERS, type HourOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

export interface SkillFilter extends SupportFilter {
  readonly kinds?: readonly SkillKind[];
  readonly levels?: readonly Level[];
  /** Occurs in the slug, the name, the summary or an alias. */
  readonly text?: string;
  /** Slugs of a wider skill, of a skill in the requirement, of a resource and of a project. */
  readonly partOf?: string;
  readonly requires?: string;
  readonly taughtBy?: string;
  readonly practisedBy?: string;
  readonly minHours?: number;
  readonly maxHours?: number;
}

export function skillPages(prisma: PrismaClient): Pages<Skill, SkillFilter, HourOrder> {
  const where = async (filter: SkillFilter): Promise<Prisma.SkillWhereInput> => {
    const { partOf, requires, taughtBy, practisedBy, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      AND: await supportedRows(prisma, "SKILL", filter),
      kind: among(filter.kinds),
      level: among(filter.levels),
      hours: { gte: filter.minHours, lte: filter.maxHours },
      partOf: partOf === undefined ? undefined : { some: { whole: { slug: partOf } } },
      nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
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
