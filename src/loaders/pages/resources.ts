import type {
  Cost,
  Prisma,
  PrismaClient,
  Resource,
  ResourceKind,
} from "../../store/generated/client/client.ts";
import { among, containing } from "./conditions.ts";
import { NAME_ORDERS, type NameOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";
import { type SupportFilter, supportedRows } from "./support.ts";

export interface ResourceFilter extends SupportFilter {
  readonly kinds?: readonly ResourceKind[];
  readonly costs?: readonly Cost[];
  readonly language?: string;
  /** Occurs in the slug, the name, the summary or the provider. */
  readonly text?: string;
  readonly author?: string;
  /** The slug of a skill. */
  readonly teaches?: string;
}

export function resourcePages(prisma: PrismaClient): Pages<Resource, ResourceFilter, NameOrder> {
  const where = async (filter: ResourceFilter): Promise<Prisma.ResourceWhereInput> => {
    const { author, teaches, text } = filter;
    const found = text === undefined ? undefined : containing(text);
    return {
      AND: await supportedRows(prisma, "RESOURCE", filter),
      kind: among(filter.kinds),
      cost: among(filter.costs),
      language: filter.language,
      authors: author === undefined ? undefined : { has: author },
      teaches: teaches === undefined ? undefined : { some: { skill: { slug: teaches } } },
      OR: found && [{ slug: found }, { name: found }, { summary: found }, { provider: found }],
    };
  };
  return {
    load: async (request) => {
      const filter = await where(request.filter);
      return loadPage(NAME_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.resource.findMany({ where: { AND: [filter, ...conditions] }, orderBy, take }),
      );
    },
    count: async (filter) => prisma.resource.count({ where: await where(filter) }),
  };
}
