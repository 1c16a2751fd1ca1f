import DataLoader from "dataloader";
import { LRUCache } from "lru-cache";
import type { PrismaClient, RequirementNode } from "../store/generated/client/client.ts";
import { isStorable } from "../store/storable-text.ts";

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
export type RowLoader<Key, Row> = DataLoader<Key, Row | undefined, string | number>;
/** Loads the rows of a key, in the order in which they were read. */
export type ListLoader<Key, Row> = DataLoader<Key, readonly Row[], string | number>;

/**
 * A loader of at most one row per key. `find` reads the rows of all keys that are asked for in one turn of the
 * event loop, in any order. `hash` turns a key into the string or number that `keyOf` returns for its row.
 */
export function rowLoader<Key, Row>(
  find: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string | number,
  hash: (key: Key) => string | number,
): RowLoader<Key, Row> {
  return new DataLoader(
    async (keys) => {
      const rows = new Map((await find(keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => rows.get(hash(key)));
    },
    { cacheKeyFn: hash, cacheMap: boundedCache(), maxBatchSize: MAX_KEYS_PER_STATEMENT },
  );
}

/** A loader of all rows of each key, in the order in which `find` returns them. See `rowLoader`. */
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

/** The hash of a key that is a string or a number already. */
const itself = <Key extends string | number>(key: Key): Key => key;

type Ids = { readonly id: { in: number[] } };

/** Rows by their id. */
function byId<Row extends { readonly id: number }>(
  find: (where: Ids) => Promise<readonly Row[]>,
): RowLoader<number, Row> {
  return rowLoader(
    (ids) => find({ id: { in: [...ids] } }),
    (row) => row.id,
    itself,
  );
}

/** Rows by their slug. */
function bySlug<Row extends { readonly slug: string }>(
  find: (where: { slug: { in: string[] } }) => Promise<readonly Row[]>,
): RowLoader<string, Row> {
  return rowLoader(
    (slugs) => find({ slug: { in: slugs.filter(isStorable) } }),
    (row) => row.slug,
    itself,
  );
}

/** The rows that name an id in a column. */
function listBy<Column extends string, Row extends Readonly<Record<Column, number>>>(
  column: Column,
  find: (ids: { in: number[] }) => Promise<readonly Row[]>,
): ListLoader<number, Row> {
  return listLoader(
    (ids) => find({ in: [...ids] }),
    (row) => row[column],
    itself,
  );
}

/** The order in which rows were written. */
const AS_WRITTEN = { id: "asc" } as const;
/** The author's order, where a table has a column for it. */
const ORDINAL = { ordinal: "asc" } as const;
const POSITION = { position: "asc" } as const;
const LINE = { line: "asc" } as const;

/** One loader for each relation. A name says whose rows it loads: `practisesBySkill` takes the id of a skill. */
export function rowLoaders(prisma: PrismaClient) {
  return {
    documents: byId((where) => prisma.document.findMany({ where })),
    documentsBySlug: bySlug((where) => prisma.document.findMany({ where })),
    projects: byId((where) => prisma.project.findMany({ where })),
    resources: byId((where) => prisma.resource.findMany({ where })),
    resourcesBySlug: bySlug((where) => prisma.resource.findMany({ where })),
    roadmaps: byId((where) => prisma.roadmap.findMany({ where })),
    roles: byId((where) => prisma.role.findMany({ where })),
    skills: byId((where) => prisma.skill.findMany({ where })),

    // By document.
    sections: listBy("documentId", (ids) =>
      prisma.section.findMany({ where: { documentId: ids }, orderBy: LINE }),
    ),

    // By skill: `wholes` by the part, `parts` by the whole.
    skillAliases: listBy("skillId", (ids) =>
      prisma.skillAlias.findMany({ where: { skillId: ids }, orderBy: ORDINAL }),
    ),
    notes: listBy("skillId", (ids) => prisma.note.findMany({ where: { skillId: ids }, orderBy: ORDINAL })),
    wholes: listBy("partId", (ids) =>
      prisma.partOf.findMany({ where: { partId: ids }, orderBy: AS_WRITTEN }),
    ),
    parts: listBy("wholeId", (ids) =>
      prisma.partOf.findMany({ where: { wholeId: ids }, orderBy: AS_WRITTEN }),
    ),
    // By the skill at which the relation begins, then by the one at which it ends.
    relations: listBy("fromId", (ids) =>
      prisma.relation.findMany({ where: { fromId: ids }, orderBy: AS_WRITTEN }),
    ),
    reverseRelations: listBy("toId", (ids) =>
      prisma.relation.findMany({ where: { toId: ids }, orderBy: AS_WRITTEN }),
    ),
    teachesBySkill: listBy("skillId", (ids) =>
      prisma.teaches.findMany({ where: { skillId: ids }, orderBy: AS_WRITTEN }),
    ),
    practisesBySkill: listBy("skillId", (ids) =>
      prisma.practises.findMany({ where: { skillId: ids }, orderBy: AS_WRITTEN }),
    ),
    optionalSkillsBySkill: listBy("skillId", (ids) =>
      prisma.optionalSkill.findMany({ where: { skillId: ids }, orderBy: AS_WRITTEN }),
    ),

    // By resource.
    teachesByResource: listBy("resourceId", (ids) =>
      prisma.teaches.findMany({ where: { resourceId: ids }, orderBy: AS_WRITTEN }),
    ),

    // By project.
    practisesByProject: listBy("projectId", (ids) =>
      prisma.practises.findMany({ where: { projectId: ids }, orderBy: AS_WRITTEN }),
    ),
    projectSteps: listBy("projectId", (ids) =>
      prisma.projectStep.findMany({ where: { projectId: ids }, orderBy: POSITION }),
    ),

    // By role, and the skills of a responsibility by the responsibility.
    optionalSkillsByRole: listBy("roleId", (ids) =>
      prisma.optionalSkill.findMany({ where: { roleId: ids }, orderBy: AS_WRITTEN }),
    ),
    marketFacts: listBy("roleId", (ids) =>
      prisma.marketFact.findMany({ where: { roleId: ids }, orderBy: AS_WRITTEN }),
    ),
    responsibilities: listBy("roleId", (ids) =>
      prisma.responsibility.findMany({ where: { roleId: ids }, orderBy: POSITION }),
    ),
    responsibilitySkills: listBy("responsibilityId", (ids) =>
      prisma.responsibilitySkill.findMany({ where: { responsibilityId: ids }, orderBy: ORDINAL }),
    ),

    // By roadmap, and what a step points at by the step.
    roadmapSteps: listBy("roadmapId", (ids) =>
      prisma.roadmapStep.findMany({ where: { roadmapId: ids }, orderBy: POSITION }),
    ),
    stepProjects: listBy("stepId", (ids) =>
      prisma.roadmapStepProject.findMany({ where: { stepId: ids }, orderBy: ORDINAL }),
    ),
    stepResources: listBy("stepId", (ids) =>
      prisma.roadmapStepResource.findMany({ where: { stepId: ids }, orderBy: ORDINAL }),
    ),

    requirementNodes: requirementNodeLoader(prisma),
    /** The rows that a citation or a claim can be about, by kind; entities have loaders above. */
    subjects: {
      REQUIREMENT: byId((where) => prisma.requirementNode.findMany({ where })),
      PART_OF: byId((where) => prisma.partOf.findMany({ where })),
      RELATION: byId((where) => prisma.relation.findMany({ where })),
      NOTE: byId((where) => prisma.note.findMany({ where })),
      TEACHES: byId((where) => prisma.teaches.findMany({ where })),
      PRACTISES: byId((where) => prisma.practises.findMany({ where })),
      PROJECT_STEP: byId((where) => prisma.projectStep.findMany({ where })),
      OPTIONAL_SKILL: byId((where) => prisma.optionalSkill.findMany({ where })),
      RESPONSIBILITY: byId((where) => prisma.responsibility.findMany({ where })),
      MARKET_FACT: byId((where) => prisma.marketFact.findMany({ where })),
      ROADMAP_STEP: byId((where) => prisma.roadmapStep.findMany({ where })),
      CLAIM: byId((where) => prisma.claim.findMany({ where })),
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
function requirementNodeLoader(prisma: PrismaClient): ListLoader<RequirementOwner, RequirementNode> {
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
