import type { Basis, PrismaClient } from "../../store/generated/client/client.ts";
import { strongestBasis } from "../citations.ts";

/** Conditions on how documents support the rows to list; all must hold. */
export interface SupportFilter {
  /** Supported by the document of this slug. */
  readonly citedBy?: string;
  /** Supported by each of the documents of these slugs. */
  readonly citedByAll?: readonly string[];
  /** Supported by at least this number of documents. */
  readonly minAgreement?: number;
  /** The strongest basis is one of these; it is `EDITORIAL` where there is no citation. */
  readonly bases?: readonly Basis[];
}

/** The kinds of rows whose pages have such a filter. */
export type PagedKind = "SKILL" | "RESOURCE" | "PROJECT" | "ROLE" | "ROADMAP";

type IdCondition = { readonly id?: { readonly in: number[] } | { readonly notIn: number[] } };

/** A statement takes 32,767 parameters; those above this are for the other conditions of a page. */
const MAX_IDS = 32_000;

/** Some rows: those listed, or all but those listed. */
interface Rows {
  readonly ids: ReadonlySet<number>;
  readonly but: boolean;
}

/**
 * A condition on the ids of the rows of one kind. Takes one SQL statement for the documents named, one for the
 * number of documents and one for the basis, as far as the filter has them. Citations name their rows by kind and
 * id, so the database cannot join them by a relation. If more than 32,000 rows match, the condition excludes the
 * others instead. Throws an Error if there are more than 32,000 of both.
 */
export async function supportedRows(
  prisma: PrismaClient,
  kind: PagedKind,
  { citedBy, citedByAll = [], minAgreement, bases }: SupportFilter,
): Promise<IdCondition> {
  const named = new Set(citedBy === undefined ? citedByAll : [citedBy, ...citedByAll]);
  const conditions = await Promise.all([
    ...(named.size === 0 ? [] : [supportedBy(prisma, kind, [...named], named.size)]),
    ...(minAgreement === undefined || minAgreement < 1
      ? []
      : [supportedBy(prisma, kind, undefined, minAgreement)]),
    ...(bases === undefined ? [] : [ofBases(prisma, kind, new Set(bases))]),
  ]);
  if (conditions.length === 0) return {};
  const { ids, but } = conditions.reduce(intersection);
  if (ids.size <= MAX_IDS) return { id: but ? { notIn: [...ids] } : { in: [...ids] } };
  const others = (await idsOf(prisma, kind)).filter((id) => !ids.has(id));
  if (others.length > MAX_IDS)
    throw new Error(`expected at most ${MAX_IDS} rows with or without this support, got ${others.length}`);
  return { id: but ? { in: others } : { notIn: others } };
}

function intersection(one: Rows, other: Rows): Rows {
  if (one.but && other.but) return { ids: new Set([...one.ids, ...other.ids]), but: true };
  if (one.but) return intersection(other, one);
  return { ids: new Set([...one.ids].filter((id) => other.ids.has(id) !== other.but)), but: false };
}

/** The rows that at least `atLeast` of the documents support; `undefined` stands for all documents. */
async function supportedBy(
  prisma: PrismaClient,
  kind: PagedKind,
  documents: string[] | undefined,
  atLeast: number,
): Promise<Rows> {
  const groups = await prisma.citation.groupBy({
    by: ["subjectId", "documentId"],
    where: { subjectKind: kind, document: documents && { slug: { in: documents } } },
  });
  const counts = new Map<number, number>();
  for (const { subjectId } of groups) counts.set(subjectId, (counts.get(subjectId) ?? 0) + 1);
  const ids = [...counts].filter(([, count]) => count >= atLeast).map(([id]) => id);
  return { ids: new Set(ids), but: false };
}

async function ofBases(prisma: PrismaClient, kind: PagedKind, wanted: ReadonlySet<Basis>): Promise<Rows> {
  const groups = await prisma.citation.groupBy({
    by: ["subjectId", "basis"],
    where: { subjectKind: kind },
  });
  const strongest = new Map<number, Basis>();
  for (const { subjectId, basis } of groups)
    strongest.set(subjectId, strongestBasis([basis, strongest.get(subjectId) ?? "EDITORIAL"]));
  // Rows without citations are editorial. No citation names them, so they are all rows but those of other bases.
  const but = wanted.has("EDITORIAL");
  const ids = [...strongest].filter(([, basis]) => wanted.has(basis) !== but).map(([id]) => id);
  return { ids: new Set(ids), but };
}

async function idsOf(prisma: PrismaClient, kind: PagedKind): Promise<number[]> {
  const select = { id: true } as const;
  const find = {
    SKILL: () => prisma.skill.findMany({ select }),
    RESOURCE: () => prisma.resource.findMany({ select }),
    PROJECT: () => prisma.project.findMany({ select }),
    ROLE: () => prisma.role.findMany({ select }),
    ROADMAP: () => prisma.roadmap.findMany({ select }),
  } satisfies Record<PagedKind, () => Promise<{ id: number }[]>>;
  return (await find[kind]()).map(({ id }) => id);
}
