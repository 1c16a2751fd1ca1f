import { Prisma, type PrismaClient } from "../generated/client/client.ts";
import { ENTITIES, ENTITY_KINDS } from "./entities.ts";
import { contentDigest } from "./entity-digest.ts";
import { type GraphRows, NO_ROWS } from "./graph-rows.ts";
import { readGraphRows } from "./read-graph.ts";
import { referencesIn } from "./references.ts";

/** The new slugs of entities by their present ones, for each list. */
export type NewSlugs = { readonly [List in keyof GraphRows]?: ReadonlyMap<string, string> };

/** Ends the transaction that must leave no trace. */
class Undone extends Error {}

/**
 * The whole graph as it would be with other slugs, wherever they stand. Nothing is written: the transaction in which
 * the entities are renamed is undone. Reads everything, which only a rename is worth.
 */
export async function readRenamed(prisma: PrismaClient, slugs: NewSlugs): Promise<GraphRows> {
  let rows = NO_ROWS;
  const renamed = prisma.$transaction(async (transaction) => {
    for (const { list, table } of Object.values(ENTITIES))
      for (const [before, now] of slugs[list] ?? [])
        await transaction.$executeRaw`
          UPDATE ${Prisma.raw(`"${table}"`)} SET "slug" = ${now} WHERE "slug" = ${before}`;
    rows = await readGraphRows(transaction);
    throw new Undone();
  });
  await renamed.catch((error: unknown) => {
    if (!(error instanceof Undone)) throw error;
  });
  return rows;
}

/** The rows of `graph` that name one of the new slugs, with their digests, without those of `others`. */
export function rowsNaming(graph: GraphRows, slugs: NewSlugs, others: GraphRows): GraphRows {
  const isNew = new Map(
    ENTITY_KINDS.map((kind) => [kind, new Set((slugs[ENTITIES[kind].list] ?? new Map()).values())]),
  );
  const naming = new Map(ENTITY_KINDS.map((kind) => [kind, new Set<string>()]));
  for (const { from, fromSlug, to, slug } of referencesIn(graph))
    if (isNew.get(to)?.has(slug)) naming.get(from)?.add(fromSlug);
  const pick = <Row extends { readonly slug: string }>(
    kind: (typeof ENTITY_KINDS)[number],
    rows: readonly Row[],
    given: readonly Row[],
  ): Row[] => {
    const known = new Set(given.map(({ slug }) => slug));
    return rows
      .filter(({ slug }) => naming.get(kind)?.has(slug) && !known.has(slug))
      .map((row) => ({ ...row, digest: contentDigest(row) }));
  };
  return {
    documents: [],
    skills: pick("SKILL", graph.skills, others.skills),
    resources: pick("RESOURCE", graph.resources, others.resources),
    projects: pick("PROJECT", graph.projects, others.projects),
    roles: pick("ROLE", graph.roles, others.roles),
    roadmaps: pick("ROADMAP", graph.roadmaps, others.roadmaps),
  };
}
