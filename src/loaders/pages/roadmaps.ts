import type { Prisma, PrismaClient, Roadmap } from "../../store/generated/client/client.ts";
import { containing } from "./conditions.ts";
import { NAME_ORDERS, type NameOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

export interface RoadmapFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary. */
  readonly text?: string;
  /** The slug of a skill that a step names somewhere. */
  readonly requires?: string;
}

export function roadmapPages(prisma: PrismaClient): Pages<Roadmap, RoadmapFilter, NameOrder> {
  const where = async (filter: RoadmapFilter): Promise<Prisma.RoadmapWhereInput> => {
    const { requires, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      AND: await supportedRows(prisma, "ROADMAP", filter),
      steps:
        requires === undefined ? undefined : { some: { nodes: { some: { needs: { slug: requires } } } } },
      OR: found && [{ slug: found }, { name: found }, { summary: found }],
    };
  };
  return {
    load: async (request) => {
      const filter = await where(request.filter);
      return loadPage(NAME_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.roadmap.findMany({ where: { AND: [filter, ...conditions] }, orderBy, take }),
      );
    },
    count: async (filter) => prisma.roadmap.count({ where: await where(filter) }),
  };
}
