import type { Prisma, PrismaClient, Role } from "../../store/generated/client/client.ts";
import { containing } from "./conditions.ts";
import { NAME_ORDERS, type NameOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

export interface RoleFilter extends SupportFilter {
  /** Occurs in the slug, the name or the summary, or is an alias. */
  readonly text?: string;
  /** The slug of a skill that the requirement names somewhere. */
  readonly requires?: string;
}

export function rolePages(prisma: PrismaClient): Pages<Role, RoleFilter, NameOrder> {
  const where = async (filter: RoleFilter): Promise<Prisma.RoleWhereInput> => {
    const { requires, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      AND: await supportedRows(prisma, "ROLE", filter),
      nodes: requires === undefined ? undefined : { some: { needs: { slug: requires } } },
      OR: found && [{ slug: found }, { name: found }, { summary: found }, { aliases: { has: text } }],
    };
  };
  return {
    load: async (request) => {
      const filter = await where(request.filter);
      return loadPage(NAME_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.role.findMany({ where: { AND: [filter, ...conditions] }, orderBy, take }),
      );
    },
    count: async (filter) => prisma.role.count({ where: await where(filter) }),
  };
}
