import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import { csvRows } from "./csv-rows.ts";
import { SlugNames } from "./slug-names.ts";
import { SourceError, type SourceFile } from "./source-files.ts";
import { given, SourceRows } from "./source-rows.ts";

const concept = z.object({
  conceptUri: z.string(),
  preferredLabel: z.string(),
  altLabels: z.string().default(""),
  description: z.string().default(""),
});
const broader = z.object({ conceptUri: z.string(), broaderUri: z.string() });
const ofOccupation = z.object({ occupationUri: z.string(), relationType: z.string(), skillUri: z.string() });
const ofSkill = z.object({
  originalSkillUri: z.string(),
  relationType: z.string(),
  relatedSkillUri: z.string(),
});

/** The files of the classification; versions from 1.1.2 name the language of relations too. */
const FILES = {
  skills: /^skills_\w+\.csv$/,
  groups: /^skillGroups_\w+\.csv$/,
  occupations: /^occupations_\w+\.csv$/,
  broader: /^broaderRelationsSkillPillar(_\w+)?\.csv$/,
  ofOccupations: /^occupationSkillRelations(_\w+)?\.csv$/,
  ofSkills: /^skillSkillRelations(_\w+)?\.csv$/,
};

export function isEsco(files: readonly SourceFile[]): boolean {
  return [FILES.skills, FILES.ofOccupations].every((name) => files.some((file) => name.test(file.name)));
}

/**
 * ESCO, the European classification of skills and occupations, from its own CSV files (1.x). Skills and skill groups
 * become skills, occupations roles. What is essential to a role or a skill is required; what is optional to a role stays
 * so, and what is optional to a skill is used with it. Broader concepts are what a skill is part of. ESCO knows no hours:
 * every skill gets `hours`. O(rows).
 */
export function importEsco(files: readonly SourceFile[], { hours }: { readonly hours: number }): ReadGraph {
  const rows = new SourceRows();
  const slugs = new SlugNames("skill");
  const roleSlugs = new SlugNames("role");
  const skills = [...read(files, FILES.skills, concept), ...read(files, FILES.groups, concept)];
  const occupations = read(files, FILES.occupations, concept);
  for (const { row } of skills) slugs.give(row.conceptUri, row.preferredLabel);
  for (const { row } of occupations) roleSlugs.give(row.conceptUri, row.preferredLabel);

  const lists = new Lists(rows);
  for (const { place, row } of read(files, FILES.broader, broader))
    lists.add("partOf", place, row.conceptUri, row.broaderUri, slugs, slugs);
  for (const { place, row } of read(files, FILES.ofOccupations, ofOccupation)) {
    const list = row.relationType === "essential" ? "requires" : "optional";
    lists.add(list, place, row.occupationUri, row.skillUri, roleSlugs, slugs);
  }
  for (const { place, row } of read(files, FILES.ofSkills, ofSkill)) {
    const list = row.relationType === "essential" ? "requires" : "usedWith";
    lists.add(list, place, row.originalSkillUri, row.relatedSkillUri, slugs, slugs);
  }
  for (const { place, row } of skills) {
    const { conceptUri } = row;
    const usedWith = lists.of("usedWith", conceptUri).map((skill) => ({ kind: "USED_WITH", skill }));
    rows.add("skills", place, {
      ...textsOf(slugs.get(conceptUri), row),
      hours,
      ...requiresOf(lists.of("requires", conceptUri)),
      partOf: lists.of("partOf", conceptUri),
      relations: usedWith,
    });
  }
  for (const { place, row } of occupations)
    rows.add("roles", place, {
      ...textsOf(roleSlugs.get(row.conceptUri), row),
      ...requiresOf(lists.of("requires", row.conceptUri)),
      optional: lists.of("optional", row.conceptUri),
    });
  return rows.read();
}

function textsOf(
  slug: string | undefined,
  { preferredLabel, altLabels, description }: z.infer<typeof concept>,
) {
  const aliases = altLabels.split("\n").flatMap((label) => label.trim() || []);
  return {
    slug,
    name: preferredLabel.trim(),
    aliases: [...new Set(aliases)],
    ...given("summary", description),
  };
}

function requiresOf(skills: readonly string[]) {
  return skills.length === 0 ? {} : { requires: skills.length === 1 ? skills[0] : { allOf: skills } };
}

/** The rows of the file with a name. Throws `SourceError` where there is none, or where it has other columns. */
function read<Row>(files: readonly SourceFile[], name: RegExp, schema: z.ZodType<Row>) {
  const file = files.find((each) => name.test(each.name));
  if (file === undefined)
    throw new SourceError(
      `expected a file such as ${name.source.replace("\\w+", "en").replace(/[\^$()?\\]/g, "")} of ESCO, found none`,
    );
  return csvRows(file).map(({ line, cells }) => {
    const place = { file: file.path, line };
    const row = schema.safeParse(cells);
    if (row.success) return { place, row: row.data };
    const lacking = row.error.issues.map(({ path }) => path.join(".")).join(", ");
    throw new SourceError(`${file.path}:${line}: expected the columns of ESCO, got none named ${lacking}`);
  });
}

/** What each concept names, each once and in the order of the files. */
class Lists {
  readonly #rows: SourceRows;
  readonly #lists = new Map<string, Set<string>>();

  constructor(rows: SourceRows) {
    this.#rows = rows;
  }

  add(
    list: string,
    place: { readonly file: string; readonly line: number },
    fromUri: string,
    toUri: string,
    fromSlugs: SlugNames,
    toSlugs: SlugNames,
  ): void {
    const from = fromSlugs.get(fromUri);
    const to = toSlugs.get(toUri);
    if (from === undefined || to === undefined)
      this.#rows.problem(
        place,
        "dangling-id",
        `names ${from === undefined ? fromUri : toUri}, which is not there: this relation is left out`,
      );
    else if (fromUri === toUri)
      this.#rows.problem(place, "self-loop", `relates "${from}" to itself: this relation is left out`);
    else {
      const known = this.#lists.get(`${list} ${fromUri}`) ?? new Set();
      this.#lists.set(`${list} ${fromUri}`, known.add(to));
    }
  }

  of(list: string, uri: string): string[] {
    return [...(this.#lists.get(`${list} ${uri}`) ?? [])];
  }
}
