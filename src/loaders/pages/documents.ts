import type { Document, Prisma, PrismaClient } from "../../store/generated/client/client.ts";
import { containing } from "./conditions.ts";
import { NAME_ORDERS, type NameOrder } from "./ordering.ts";
import { loadPage, type Pages } from "./page.ts";

export interface DocumentFilter {
  /** Occurs in the title or the publisher. */
  readonly text?: string;
}

export function documentPages(prisma: PrismaClient): Pages<Document, DocumentFilter, NameOrder> {
  const where = ({ text }: DocumentFilter): Prisma.DocumentWhereInput => {
    const found = text === undefined ? undefined : containing(text);
    return { OR: found && [{ name: found }, { publisher: found }] };
  };
  return {
    load: (request) =>
      loadPage(NAME_ORDERS[request.order], request, (conditions, orderBy, take) =>
        prisma.document.findMany({
          where: { AND: [where(request.filter), ...conditions] },
          orderBy,
          take,
        }),
      ),
    count: (filter) => prisma.document.count({ where: where(filter) }),
  };
}
