import { setImmediate as turn } from "node:timers/promises";
import { Prisma } from "../../store/generated/client/client.ts";
import type { RowReader } from "../../store/store.ts";

/** Rows of one statement. The embedded database holds the thread for a few milliseconds to read them. */
const ROWS_AT_ONCE = 100;

/** Letters of one kind that are kept: ESCO's skills have 6 million. Beyond that the database looks for a text itself. */
const MAX_KEPT_LETTERS = 100_000_000;

/** How many rows are looked through between two yields: about a tenth of a millisecond. */
const ROWS_PER_YIELD = 500;

/** The kinds of which there may be many rows: their tables, and the columns in which a filter by a text looks. */
const COLUMNS = {
  SKILL: `"slug", "name", "summary", ARRAY(SELECT "alias" FROM "SkillAlias" WHERE "skillId" = "row"."id")`,
  RESOURCE: `"slug", "name", "summary", "provider"`,
  PROJECT: `"slug", "name", "brief"`,
  ROLE: `"slug", "name", "summary"`,
} as const;
const TABLES = { SKILL: "Skill", RESOURCE: "Resource", PROJECT: "Project", ROLE: "Role" } as const;
export type TextKind = keyof typeof COLUMNS;

type Read = readonly [id: number, ...texts: (string | null | readonly string[])[]];

/** The texts of the rows of one kind, in which a filter looks. */
export class RowTexts {
  readonly #ids: number[] = [];
  /** Per row: its texts in lower case, between characters that no text has. */
  readonly #texts: string[] = [];
  #letters = 0;

  get letters(): number {
    return this.#letters;
  }

  add(id: number, texts: readonly (string | null)[]): void {
    const text = texts.join("\0").toLowerCase();
    this.#ids.push(id);
    this.#texts.push(text);
    this.#letters += text.length;
  }

  /**
   * The ids of the rows that have a text in one of theirs, letter case aside in every script, as the databases have it;
   * in ascending order. O(letters): 1 to 5 ms for ESCO's skills. Yields often.
   */
  *having(text: string): Generator<void, number[]> {
    const wanted = text.toLowerCase();
    const ids: number[] = [];
    for (let row = 0; row < this.#texts.length; row++) {
      if (this.#texts[row]!.includes(wanted)) ids.push(this.#ids[row]!);
      if (row % ROWS_PER_YIELD === 0) yield;
    }
    return ids;
  }
}

/**
 * The texts of each kind, read once when they are first asked for; `undefined` where there are more than are kept. What is
 * written meanwhile may be missing.
 */
export function rowTexts(
  prisma: RowReader,
  maxLetters = MAX_KEPT_LETTERS,
): (kind: TextKind) => Promise<RowTexts | undefined> {
  const read = new Map<TextKind, Promise<RowTexts | undefined>>();
  return (kind) => {
    let texts = read.get(kind);
    if (texts === undefined) {
      texts = readTexts(prisma, kind, maxLetters);
      read.set(kind, texts);
      // After a failure the next request tries again.
      texts.catch(() => read.delete(kind));
    }
    return texts;
  };
}

async function readTexts(
  prisma: RowReader,
  kind: TextKind,
  maxLetters: number,
): Promise<RowTexts | undefined> {
  const table = Prisma.raw(`"${TABLES[kind]}"`);
  const columns = Prisma.raw(COLUMNS[kind]);
  const texts = new RowTexts();
  for (let after = 0, isMore = true; isMore; ) {
    const [page] = await prisma.$queryRaw<{ rows: string | null }[]>`
      SELECT json_agg(json_build_array("id", ${columns}))::text AS "rows"
      FROM (SELECT * FROM ${table} WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`;
    const rows: readonly Read[] = JSON.parse(page?.rows ?? "[]");
    for (const [id, ...some] of rows) {
      texts.add(id, some.flat());
      after = id;
    }
    if (texts.letters > maxLetters) return undefined;
    isMore = rows.length === ROWS_AT_ONCE;
    // The embedded database answers within the same turn of the event loop.
    await turn();
  }
  return texts;
}
