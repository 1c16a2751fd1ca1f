import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import type { RequirementNode } from "../store/generated/client/client.ts";
import { isStorable } from "../store/storable-text.ts";
import type { RowReader } from "../store/store.ts";

/** How many keys one loader remembers: enough for every row of a large catalogue, in a few megabytes. */
const MAX_KEPT_KEYS = 20_000;

/** How many keys one statement names: PostgreSQL takes at most 32,767 parameters. */
const MAX_KEYS_PER_STATEMENT = 30_000;

/**
 * What a loader remembers. Loaders outlive the request that made them, so their memory is bounded: the keys
 * that were used least recently go first. (`maxSize` instead of `max`, which would allocate every slot now.)
 */
export function boundedCache<Key extends string | number, Loaded>(): LRUCache<Key, Promise<Loaded>> {
  return new LRUCache({ maxSize: MAX_KEPT_KEYS, sizeCalculation: () => 1 });
}

/** Loads the row of a key, or `undefined` where there is none. */
export type RowLoader<Key, Row> = DataLoader<Key, Row | undefined>;
/** Loads the rows of a key, in the order in which they were read. */
export type ListLoader<Key, Row> = DataLoader<Key, readonly Row[], string | number>;

/**
 * A loader of all rows of each key, in the order in which `find` returns them. `find` reads the rows of all keys that
 * are asked for in one turn of the event loop. `hash` turns a key into the string or number that `keyOf` returns for
 * its rows.
 */
export function listLoader<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string | number,
  hash: (key: Key) => string | number,
): ListLoader<Key, Row> {
  return new DataLoader(
    async (keys) => {
      const lists = new Map<string | number, Row[]>();
      for (const row of await find(keys)) {
        const list = lists.get(keyOf(row));
        if (list === undefined) lists.set(keyOf(row), [row]);
        else list.push(row);
      }
      return keys.map((key) => lists.get(hash(key)) ?? []);
    },
    { cacheKeyFn: hash, cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** A loader of at most one row per key; `find` reads them in any order. See `listLoader`. */
function rowLoader<Key extends string | number, Row>(
  find: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): RowLoader<Key, Row> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(key));
    },
    { cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** A table as Prisma reads it. */
interface Table<Query, Row> {
  findMany(query: Query): Promise<readonly Row[]>;
}

/** Rows by their id. */
function byId<Row extends { readonly id: number }>(
  table: Table<{ where: { id: { in: number[] } } }, Row>,
): RowLoader<number, Row> {
  return rowLoader(
    (ids) => table.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
  );
}

/** Rows by their slug. */
function bySlug<Row extends { readonly slug: string }>(
  table: Table<{ where: { slug: { in: string[] } } }, Row>,
): RowLoader<string, Row> {
  return rowLoader(
    (slugs) => table.findMany({ where: { slug: { in: slugs.filter(isStorable) } } }),
    (row) => row.slug,
  );
}

/** Rows by their slug or one that they had before. */
function byAnySlug<Row extends { readonly slug: string; readonly formerSlugs: readonly string[] }>(
  table: Table<{ where: { OR: [{ slug: { in: string[] } }, { formerSlugs: { hasSome: string[] } }] } }, Row>,
): RowLoader<string, Row> {
  return new DataLoader(
    async (keys) => {
      const slugs = keys.filter(isStorable);
      const rows = await table.findMany({
        where: { OR: [{ slug: { in: slugs } }, { formerSlugs: { hasSome: slugs } }] },
      });
      const byName = new Map(rows.flatMap((row) => row.formerSlugs.map((slug) => [slug, row])));
      for (const row of rows) byName.set(row.slug, row);
      return keys.map((key) => byName.get(key));
    },
    { cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** The rows that name an id in a column, in an order. */
function listBy<Column extends string, Order, Row extends Readonly<Record<Column, number>>>(
  column: Column,
  table: Table<{ where: Record<Column, { in: number[] }>; orderBy: Order }, Row>,
  orderBy: Order,
): ListLoader<number, Row> {
  // TypeScript takes the computed key for any string.
  const where = (ids: readonly number[]) =>
    ({ [column]: { in: [...ids] } }) as Record<Column, { in: number[] }>;
  return listLoader(
    (ids) => table.findMany({ where: where(ids), orderBy }),
    (row) => row[column],
    (id) => id,
  );
}

/** The order in which rows were written. */
const AS_WRITTEN = { id: "asc" } as const;
/** The author's order, where a table has a column for it. */
const ORDINAL = { ordinal: "asc" } as const;
const POSITION = { position: "asc" } as const;
const LINE = { line: "asc" } as const;

/** One loader for each relation. A name says whose rows it loads: `practisesBySkill` takes the id of a skill. */
export function rowLoaders(prisma: RowReader) {
  return {
    documents: byId(prisma.document),
    documentsBySlug: bySlug(prisma.document),
    projects: byId(prisma.project),
    resources: byId(prisma.resource),
    resourcesBySlug: byAnySlug(prisma.resource),
    roadmaps: byId(prisma.roadmap),
    roles: byId(prisma.role),
    skills: byId(prisma.skill),

    // By document.
    sections: listBy("documentId", prisma.section, LINE),

    // By skill: `wholes` by the part, `parts` by the whole.
    skillAliases: listBy("skillId", prisma.skillAlias, ORDINAL),
    notes: listBy("skillId", prisma.note, ORDINAL),
    wholes: listBy("partId", prisma.partOf, AS_WRITTEN),
    parts: listBy("wholeId", prisma.partOf, AS_WRITTEN),
    // By the skill at which the relation begins, then by the one at which it ends.
    relations: listBy("fromId", prisma.relation, AS_WRITTEN),
    reverseRelations: listBy("toId", prisma.relation, AS_WRITTEN),
    teachesBySkill: listBy("skillId", prisma.teaches, AS_WRITTEN),
    practisesBySkill: listBy("skillId", prisma.practises, AS_WRITTEN),
    optionalSkillsBySkill: listBy("skillId", prisma.optionalSkill, AS_WRITTEN),

    // By resource.
    teachesByResource: listBy("resourceId", prisma.teaches, AS_WRITTEN),

    // By project.
    practisesByProject: listBy("projectId", prisma.practises, AS_WRITTEN),
    projectSteps: listBy("projectId", prisma.projectStep, POSITION),
    rolesByProject: listBy("projectId", prisma.roleProject, AS_WRITTEN),

    // By role, and the skills of a responsibility by the responsibility.
    optionalSkillsByRole: listBy("roleId", prisma.optionalSkill, AS_WRITTEN),
    projectsByRole: listBy("roleId", prisma.roleProject, AS_WRITTEN),
    marketFacts: listBy("roleId", prisma.marketFact, AS_WRITTEN),
    responsibilities: listBy("roleId", prisma.responsibility, POSITION),
    responsibilitySkills: listBy("responsibilityId", prisma.responsibilitySkill, ORDINAL),

    // By roadmap, and what a step points at by the step.
    roadmapSteps: listBy("roadmapId", prisma.roadmapStep, POSITION),
    stepProjects: listBy("stepId", prisma.roadmapStepProject, ORDINAL),
    stepResources: listBy("stepId", prisma.roadmapStepResource, ORDINAL),

    requirementNodes: requirementNodeLoader(prisma),
    /** The rows that a citation or a claim can be about, by kind; entities have loaders above. */
    subjects: {
      REQUIREMENT: byId(prisma.requirementNode),
      PART_OF: byId(prisma.partOf),
      RELATION: byId(prisma.relation),
      NOTE: byId(prisma.note),
      TEACHES: byId(prisma.teaches),
      PRACTISES: byId(prisma.practises),
      PROJECT_STEP: byId(prisma.projectStep),
      OPTIONAL_SKILL: byId(prisma.optionalSkill),
      ROLE_PROJECT: byId(prisma.roleProject),
      RESPONSIBILITY: byId(prisma.responsibility),
      MARKET_FACT: byId(prisma.marketFact),
      ROADMAP_STEP: byId(prisma.roadmapStep),
      CLAIM: byId(prisma.claim),
    },
  };
}

/** The row that a requirement belongs to, by the column of `RequirementNode` that names it. */
export interface RequirementOwner {
  readonly column: (typeof OWNER_COLUMNS)[number];
  readonly id: number;
}

const OWNER_COLUMNS = ["skillId", "projectId", "roleId", "roadmapStepId"] as const;

function ownerKey({ column, id }: RequirementOwner): string {
  return `${column}:${id}`;
}

function ownerOf(node: RequirementNode): string {
  for (const column of OWNER_COLUMNS) {
    const id = node[column];
    if (id !== null) return ownerKey({ column, id });
  }
  throw new Error(`expected requirement node ${node.id} to have an owner, got none`);
}

/** The nodes of requirements, by owner, in depth-first order: the root first. */
function requirementNodeLoader(prisma: RowReader): ListLoader<RequirementOwner, RequirementNode> {
  return listLoader(
    (owners) =>
      prisma.requirementNode.findMany({
        where: {
          OR: OWNER_COLUMNS.flatMap((column) => {
            const ids = owners.filter((owner) => owner.column === column).map((owner) => owner.id);
            return ids.length === 0 ? [] : [{ [column]: { in: ids } }];
          }),
        },
        orderBy: ORDINAL,
      }),
    ownerOf,
    ownerKey,
  );
}
