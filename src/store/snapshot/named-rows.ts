import { IntList } from "../../graph/model/integers.ts";
import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "./build-snapshot.ts";

/** What a snapshot holds of the entities of one kind, column by column, in JavaScript's order of slugs. */
export interface NamedRows {
  readonly slugs: readonly string[];
  readonly names: readonly string[];
  readonly ids: Int32Array;
  /** Hundredths of an hour. */
  readonly costs: Int32Array;
  /** The ids of former slugs. */
  readonly former: ReadonlyMap<string, number>;
}

interface Piece {
  readonly slugs: string | null;
  readonly names: string | null;
  readonly ids: string | null;
  readonly hours: string | null;
  readonly former: string | null;
}

/**
 * Reads the entities of one kind in the order of their ids, `atOnce` a statement. Each piece comes sorted by slug,
 * so only a few sorted runs have to be merged: none if entities were written in the order of their slugs.
 */
export async function readNamedRows(
  reader: Reader,
  table: "Skill" | "Project" | "Role" | "Roadmap",
  atOnce: number,
): Promise<NamedRows> {
  const costsHours = table === "Skill" || table === "Project";
  const hours = Prisma.raw(costsHours ? `"hours"` : "0");
  const slugs: string[] = [];
  const names: string[] = [];
  const ids = new IntList(1024);
  const costs = new IntList(1024);
  const former = new Map<string, number>();
  let isSorted = true;
  for (let after = 0; ; ) {
    const [piece] = await reader.$queryRaw<Piece[]>`
      SELECT json_agg("slug")::text AS "slugs", json_agg("name")::text AS "names",
        json_agg("id")::text AS "ids", json_agg("hours")::text AS "hours",
        (json_agg(json_build_array("id", "formerSlugs")) FILTER (WHERE "formerSlugs" <> '{}'))::text AS "former"
      FROM (
        SELECT "id", "slug", "name", "formerSlugs", ${hours} AS "hours" FROM (
          SELECT * FROM ${Prisma.raw(`"${table}"`)} WHERE "id" > ${after} ORDER BY "id" LIMIT ${atOnce}
        ) AS piece ORDER BY "slug" COLLATE "C"
      ) AS sorted`;
    const list = <Item>(text: string | null | undefined): readonly Item[] => JSON.parse(text ?? "[]");
    const pieceSlugs = list<string>(piece?.slugs);
    for (const slug of pieceSlugs) {
      isSorted &&= slugs.length === 0 || slugs[slugs.length - 1]! < slug;
      slugs.push(slug);
    }
    for (const name of list<string>(piece?.names)) names.push(name);
    for (const each of list<number>(piece?.hours)) costs.push(Math.round(each * 100));
    for (const [id, slugs] of list<[id: number, slugs: string[]]>(piece?.former))
      for (const slug of slugs) former.set(slug, id);
    for (const id of list<number>(piece?.ids)) {
      ids.push(id);
      if (id > after) after = id;
    }
    if (pieceSlugs.length < atOnce) break;
  }
  if (isSorted) return { slugs, names, ids: ids.toArray(), costs: costs.toArray(), former };
  const order = slugs.map((_, at) => at).sort((a, b) => (slugs[a]! < slugs[b]! ? -1 : 1));
  return {
    slugs: order.map((at) => slugs[at]!),
    names: order.map((at) => names[at]!),
    ids: Int32Array.from(order, (at) => ids.items[at]!),
    costs: Int32Array.from(order, (at) => costs.items[at]!),
    former,
  };
}
