import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";

/** What an entity says of itself beside its name and its requirement. */
export interface Detail {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  /** What sort of thing it is, such as LANGUAGE; null where its kind has no sorts. */
  readonly type: string | null;
  readonly level: string | null;
  readonly hours: number | null;
  readonly summary: string;
  readonly url: string | null;
  readonly aliases: readonly string[];
}

/** Pairs of entities by their ids, and how the first of each stands to the second. */
export interface Links {
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** One for all, or one for each. */
  readonly kind: string | readonly string[];
}

/** What a snapshot lacks to describe the whole graph. Entities in the order of slugs, links in the author's order. */
export interface Details {
  readonly skills: readonly Detail[];
  readonly projects: readonly Detail[];
  readonly roles: readonly Detail[];
  readonly roadmaps: readonly Detail[];
  readonly resources: readonly Detail[];
  /** From a skill to a role in which it helps. */
  readonly optional: Links;
  /** From a project to a role that asks for it. */
  readonly askedFor: Links;
  /** From a skill to what it is part of. */
  readonly partOf: Links;
  /** From a skill to a skill, with the kind of relation. */
  readonly relations: Links;
  /** From a resource to a skill. */
  readonly teaches: Links;
  /** From a project to a skill. */
  readonly practises: Links;
}

/** How many rows one statement reads: half a megabyte of JSON, which the embedded database makes in its own memory. */
const PIECES = { entities: 1_000, links: 20_000 };

/** A table, and what is read of each of its rows, as columns of SQL. */
interface Source {
  readonly table: string;
  readonly columns: readonly string[];
}

const NONE = {
  type: "NULL",
  level: "NULL",
  hours: "NULL",
  summary: `"summary"`,
  url: "NULL",
  aliases: "NULL",
};

function entities(table: string, given: Partial<typeof NONE>): Source {
  const { type, level, hours, summary, url, aliases } = { ...NONE, ...given };
  return { table, columns: [`"id"`, `"slug"`, `"name"`, type, level, hours, summary, url, aliases] };
}

const SKILL_ALIASES = `(SELECT json_agg("alias" ORDER BY "ordinal") FROM "SkillAlias" WHERE "skillId" = row."id")`;
const KIND_AND_HOURS = { type: `"kind"`, hours: `"hours"` };

const ENTITIES = {
  skills: entities("Skill", { ...KIND_AND_HOURS, level: `"level"`, aliases: SKILL_ALIASES }),
  projects: entities("Project", { ...KIND_AND_HOURS, level: `"difficulty"`, summary: `"brief"` }),
  roles: entities("Role", { aliases: `to_json("aliases")` }),
  roadmaps: entities("Roadmap", {}),
  resources: entities("Resource", { ...KIND_AND_HOURS, url: `"url"` }),
};

const LINKS = {
  optional: { table: "OptionalSkill", columns: [`"skillId"`, `"roleId"`] },
  askedFor: { table: "RoleProject", columns: [`"projectId"`, `"roleId"`] },
  partOf: { table: "PartOf", columns: [`"partId"`, `"wholeId"`] },
  relations: { table: "Relation", columns: [`"fromId"`, `"toId"`, `"kind"`] },
  teaches: { table: "Teaches", columns: [`"resourceId"`, `"skillId"`] },
  practises: { table: "Practises", columns: [`"projectId"`, `"skillId"`] },
};

/**
 * Reads them in pieces: one text of 17,500 entities and 85,000 links makes the embedded database grow by 150 MB, which it
 * keeps. Aliases, half of the text, can be left out. The reader must see one state of the database throughout: see `atOneState`. Time and memory O(entities + links).
 */
export async function readDetails(
  reader: Reader,
  {
    hasAliases = true,
    pieces = PIECES,
  }: { readonly hasAliases?: boolean; readonly pieces?: typeof PIECES } = {},
): Promise<Details> {
  const described = async ({ table, columns }: Source): Promise<Detail[]> => {
    const details: Detail[] = [];
    const read = { table, columns: hasAliases ? columns : columns.slice(0, -1) };
    await readRows<DetailRow>(reader, read, pieces.entities, (row) => {
      const [id, slug, name, type, level, hours, summary, url, aliases] = row;
      details.push({ id, slug, name, type, level, hours, summary, url, aliases: aliases ?? [] });
    });
    return details.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  };
  const linked = async (source: Source, kind?: string): Promise<Links> => {
    const [from, to, kinds]: [number[], number[], string[]] = [[], [], []];
    await readRows<LinkRow>(reader, source, pieces.links, (row) => {
      from.push(row[0]);
      to.push(row[1]);
      if (row[2] !== undefined) kinds.push(row[2]);
    });
    return { from, to, kind: kind ?? kinds };
  };
  return {
    skills: await described(ENTITIES.skills),
    projects: await described(ENTITIES.projects),
    roles: await described(ENTITIES.roles),
    roadmaps: await described(ENTITIES.roadmaps),
    resources: await described(ENTITIES.resources),
    optional: await linked(LINKS.optional, "OPTIONAL"),
    askedFor: await linked(LINKS.askedFor, "ASKED_FOR"),
    partOf: await linked(LINKS.partOf, "PART_OF"),
    relations: await linked(LINKS.relations),
    teaches: await linked(LINKS.teaches, "TEACHES"),
    practises: await linked(LINKS.practises, "PRACTISES"),
  };
}

type LinkRow = readonly [from: number, to: number, kind?: string];
type DetailRow = readonly [
  id: number,
  slug: string,
  name: string,
  type: string | null,
  level: string | null,
  hours: number | null,
  summary: string,
  url: string | null,
  aliases?: readonly string[] | null,
];

/** Reads the rows of a table in the order of their ids, some at once. */
async function readRows<Row>(
  reader: Reader,
  { table, columns }: Source,
  atOnce: number,
  each: (row: Row) => void,
): Promise<void> {
  const item = Prisma.raw(`json_build_array(${columns.join(", ")})`);
  for (let after = 0; ; ) {
    const [piece] = await reader.$queryRaw<{ last: string | null; rows: string | null }[]>`
      SELECT max("id")::text AS "last", json_agg(${item} ORDER BY "id")::text AS "rows"
      FROM (SELECT * FROM ${Prisma.raw(`"${table}"`)} WHERE "id" > ${after} ORDER BY "id" LIMIT ${atOnce}) AS row`;
    const rows: Row[] = JSON.parse(piece?.rows ?? "[]");
    rows.forEach(each);
    if (rows.length < atOnce) return;
    after = Number(piece?.last);
  }
}
