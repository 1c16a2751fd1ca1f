import type { PrismaClient } from "../../store/generated/client/client.ts";
import type { GraphSnapshot } from "../../store/graph-snapshot.ts";
import { type Searchable, SearchIndex, type SearchKind } from "./search-index.ts";

const indices = new WeakMap<GraphSnapshot, Promise<SearchIndex>>();

/**
 * The search index of a revision: read and built by the first request that searches at it, and kept as long
 * as its snapshot. Six SQL statements and one pass over all names, aliases and summaries.
 */
export function searchIndex(prisma: PrismaClient, snapshot: GraphSnapshot): Promise<SearchIndex> {
  let index = indices.get(snapshot);
  if (index === undefined) {
    index = readSearchables(prisma).then((entities) => new SearchIndex(entities));
    // A failure is not kept: the next request tries again.
    index.catch(() => indices.delete(snapshot));
    indices.set(snapshot, index);
  }
  return index;
}

async function readSearchables(prisma: PrismaClient): Promise<Searchable[]> {
  const columns = { slug: true, name: true, summary: true } as const;
  const [skills, resources, projects, roles, roadmaps, documents] = await Promise.all([
    prisma.skill.findMany({ select: { ...columns, aliases: { select: { alias: true } } } }),
    prisma.resource.findMany({ select: { ...columns, authors: true, provider: true } }),
    prisma.project.findMany({ select: { slug: true, name: true, brief: true } }),
    prisma.role.findMany({ select: { ...columns, aliases: true } }),
    prisma.roadmap.findMany({ select: columns }),
    prisma.document.findMany({ select: { slug: true, name: true } }),
  ]);
  const plain = (kind: SearchKind) => (row: { slug: string; name: string; summary?: string }) => ({
    kind,
    slug: row.slug,
    name: row.name,
    aliases: [],
    summary: row.summary ?? "",
  });
  return [
    ...skills.map((row) => ({ ...plain("SKILL")(row), aliases: row.aliases.map(({ alias }) => alias) })),
    ...resources.map((row) => ({
      ...plain("RESOURCE")(row),
      aliases: [...row.authors, ...(row.provider === null ? [] : [row.provider])],
    })),
    ...projects.map((row) => ({ ...plain("PROJECT")(row), summary: row.brief })),
    ...roles.map((row) => ({ ...plain("ROLE")(row), aliases: row.aliases })),
    ...roadmaps.map(plain("ROADMAP")),
    ...documents.map(plain("DOCUMENT")),
  ];
}
