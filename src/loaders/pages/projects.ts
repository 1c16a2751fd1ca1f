import type {
  Level,
  Prisma,
  PrismaClient,
  Project,
  ProjectKind,
} from "../../store/generated/client/client.ts";
import { among, containing } from "./conditions.ts";
import { HOUR_ORDERS, type HourOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

export interface ProjectFilter extends SupportFilter {
  readonly kinds?: readonly ProjectKind[];
  readonly difficulties?: readonly Level[];
  /** Occurs in the slug, the name or the brief. */
  readonly text?: string;
  /** The slug of a skill. */
  readonly practises?: string;
}

export function projectPages(prisma: PrismaClient): Pages<Project, ProjectFilter, HourOrder> {
  const where = async (filter: ProjectFilter): Promise<Prisma.ProjectWhereInput> => {
    const { practises, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      AND: await supportedRows(prisma, "PROJECT", filter),
      kind: among(filter.kinds),
      difficulty: among(filter.difficulties),
      practises: practises === undefined ? undefined : { some: { skill: { slug: practises } } },
      OR: found && [{ slug: found }, { name: found }, { brief: found }],
    };
  };
  return {
    load: async (request) => {
      const filter = await where(request.filter);
      return loadPage(HOUR_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.project.findMany({ where: { AND: [filter, ...conditions] }, orderBy, take }),
      );
    },
    count: async (filter) => prisma.project.count({ where: await where(filter) }),
  };
}
