import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import type { RequirementFile } from "../seeding/requirement-file.ts";
import { fold } from "../words/fold.ts";
import { type CsvRow, csvRows } from "./csv-rows.ts";
import { SlugNames } from "./slug-names.ts";
import { SourceError, type SourceFile } from "./source-files.ts";
import { given, SourceRows } from "./source-rows.ts";

const COLUMN_NAMES = ["name", "hours", "requires", "slug", "summary", "aliases"] as const;
type Column = (typeof COLUMN_NAMES)[number];

/** What people call the columns that we read, in lower case and without accents. */
const COLUMNS: Readonly<Record<Column, readonly string[]>> = {
  name: ["name", "skill", "title", "topic", "course", "label"],
  hours: ["hours", "hour", "h", "time", "duration", "effort"],
  requires: [
    "requires",
    "require",
    "prerequisites",
    "prerequisite",
    "needs",
    "depends on",
    "after",
    "requirements",
  ],
  slug: ["slug", "id", "key", "code"],
  summary: ["summary", "description", "notes", "note"],
  aliases: ["aliases", "alias", "also known as", "synonyms"],
};
/** The columns of a spreadsheet by what we call them. */
export const columnMap = z.partialRecord(z.enum(COLUMN_NAMES), z.string());
type ColumnMap = z.infer<typeof columnMap>;

export function isSpreadsheet(files: readonly SourceFile[]): boolean {
  return files.length === 1 && /\.(csv|tsv|txt)$/i.test(files[0]!.name);
}

export interface SpreadsheetDefaults {
  readonly hours: number;
  /** The names of columns that we would not recognise: `{name: "Kompetenz"}`. */
  readonly columns?: ColumnMap;
}

/**
 * A spreadsheet of skills as people write it: a column of names, and perhaps hours (`1,5` and `10 h` too), and what each
 * requires, by name: `Python, HTTP; PostgreSQL or MySQL`. Commas, semicolons, bars and line breaks join what is all
 * needed, `or` joins alternatives; a name that has such a sign in it is known by its row. Letter case and accents do not
 * count. O(size of the file).
 */
export function importSpreadsheet([file]: readonly SourceFile[], defaults: SpreadsheetDefaults): ReadGraph {
  if (file === undefined) throw new SourceError("expected a spreadsheet, got no file");
  const written = csvRows(file);
  const columnOf = columnsOf(file, written, defaults.columns ?? {});
  const cell = (row: CsvRow, column: Column) => {
    const name = columnOf(column);
    return name === undefined ? "" : (row.cells[name] ?? "").trim();
  };
  const rows = new SourceRows();
  const slugs = new SlugNames("skill");
  const kept: { readonly row: CsvRow; readonly slug: string }[] = [];
  for (const row of written) {
    const place = { file: file.path, line: row.line };
    const name = cell(row, "name");
    if (name === "") {
      rows.problem(place, "no-name", "expected a name, got an empty cell: this row is left out");
      continue;
    }
    if (slugs.has(fold(name))) {
      rows.problem(place, "duplicate-name", `"${name}" stands there already: this row is left out`);
      continue;
    }
    const slug = slugs.give(fold(name), cell(row, "slug") || name);
    const id = cell(row, "slug");
    if (id !== "" && !slugs.has(fold(id))) slugs.alias(fold(id), fold(name));
    kept.push({ row, slug });
  }
  const made = new Set<string>();
  for (const { row, slug } of kept) {
    const place = { file: file.path, line: row.line };
    const skillOf = (name: string): string => {
      const known = slugs.get(fold(name));
      if (known !== undefined) return known;
      const given = slugs.give(fold(name), name);
      rows.problem(place, "dangling-id", `requires "${name}", which has no row: it is made`);
      if (!made.has(given)) rows.add("skills", place, { slug: given, name, hours: defaults.hours });
      made.add(given);
      return given;
    };
    const time = cell(row, "hours");
    const hours = time === "" ? defaults.hours : hoursOf(time);
    if (hours === undefined)
      rows.problem(
        place,
        "wrong-hours",
        `expected hours such as 10 or 1.5, got "${time}": it gets ${defaults.hours}`,
      );
    const requires = requirementOf(cell(row, "requires"), skillOf, (name) => slugs.has(fold(name)));
    const aliases = cell(row, "aliases")
      .split(/[;,|\n]/)
      .flatMap((alias) => alias.trim() || []);
    rows.add("skills", place, {
      slug,
      name: cell(row, "name"),
      ...(aliases.length === 0 ? {} : { aliases }),
      ...given("summary", cell(row, "summary")),
      hours: hours ?? defaults.hours,
      ...given("requires", requires),
    });
  }
  return rows.read();
}

/** Which column of the file is ours: told, or by a name that people use. Throws `SourceError` without one of names. */
function columnsOf(file: SourceFile, rows: readonly CsvRow[], told: ColumnMap) {
  const names = Object.keys(rows[0]?.cells ?? {});
  const found = new Map<Column, string>();
  for (const column of COLUMN_NAMES) {
    const name = told[column] ?? names.find((each) => COLUMNS[column].includes(fold(each).trim()));
    if (name !== undefined && names.includes(name)) found.set(column, name);
    else if (told[column] !== undefined)
      throw new SourceError(`${file.path}: expected a column "${told[column]}", got ${names.join(", ")}`);
  }
  if (!found.has("name"))
    throw new SourceError(
      `${file.path}:1: expected a column of names, such as ${COLUMNS.name.join(", ")}, got ${names.join(", ") || "no rows"}`,
    );
  return (column: Column) => found.get(column);
}

/** Hours as people write them: `10`, `1,5`, `10 h`, `2.5 hours`. */
function hoursOf(text: string): number | undefined {
  const [, number] = /^(\d+(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?|std\.?)?$/i.exec(text) ?? [];
  return number === undefined ? undefined : Number(number.replace(",", "."));
}

function requirementOf(
  text: string,
  skillOf: (name: string) => string,
  isName: (text: string) => boolean,
): RequirementFile | undefined {
  const all = parts(text, /[;,|\n]/, isName).map((part): RequirementFile => {
    const any = parts(part, /\s+or\s+/i, isName).map(skillOf);
    return any.length > 1 ? { anyOf: [...new Set(any)] } : any[0]!;
  });
  return all.length > 1 ? { allOf: all } : all[0];
}

/** The parts between separators; a text that is a name itself is one part. */
function parts(text: string, separator: RegExp, isName: (text: string) => boolean): string[] {
  if (isName(text)) return [text];
  return text.split(separator).flatMap((part) => part.trim() || []);
}
