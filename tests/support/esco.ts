import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { z } from "zod";
import { slugOf } from "../../src/seeding/slug.ts";
import type { WrittenFile } from "./api.ts";

/** The European classification of skills and occupations beside the repository: its own CSV files. */
const folder = fileURLToPath(new URL("../../../shared/data/esco-1.1.1/", import.meta.url));

/** Why what needs ESCO is left out, or `undefined` when it is there. */
export const escoAbsent: string | undefined = existsSync(`${folder}relations.zip`)
  ? undefined
  : "ESCO is not beside the repository (../shared/data/esco-1.1.1)";

const concept = z.object({
  conceptUri: z.string(),
  preferredLabel: z.string(),
  description: z.string(),
});
const broader = z.object({ conceptUri: z.string(), broaderUri: z.string() });
const kind = z.enum(["essential", "optional"]);
const ofOccupation = z.object({ occupationUri: z.string(), relationType: kind, skillUri: z.string() });
const ofSkill = z.object({ originalSkillUri: z.string(), relationType: kind, relatedSkillUri: z.string() });

/** How many nodes and relations the file below holds. */
export interface Esco {
  readonly file: WrittenFile;
  readonly nodes: number;
  readonly relations: number;
}

/**
 * ESCO as a graph file: skills and skill groups as skills of one hour, occupations as roles. Essential skills
 * are what a role or a skill requires; a role's optional ones stay so, a skill's are used with it; broader
 * concepts are what a skill is part of. Left out: relations of a skill to itself, and to what is not in the files.
 */
export function esco(): Esco {
  const concepts = unzipSync(readFileSync(`${folder}classification-en.zip`));
  const relations = unzipSync(readFileSync(`${folder}relations.zip`));
  const skills = read(concepts["skills_en.csv"], concept);
  const groups = read(concepts["skillGroups_en.csv"], concept);
  const occupations = read(concepts["occupations_en.csv"], concept);
  const slugs = giveSlugs([...skills, ...groups]);
  const roleSlugs = giveSlugs(occupations);

  const wider = new Lists();
  for (const { conceptUri, broaderUri } of read(relations["broaderRelationsSkillPillar.csv"], broader))
    wider.add(slugs.get(conceptUri), slugs.get(broaderUri));
  const essential = new Lists();
  const optional = new Lists();
  for (const relation of read(relations["occupationSkillRelations.csv"], ofOccupation))
    (relation.relationType === "essential" ? essential : optional).add(
      roleSlugs.get(relation.occupationUri),
      slugs.get(relation.skillUri),
    );
  const needed = new Lists();
  const usedWith = new Lists();
  for (const relation of read(relations["skillSkillRelations.csv"], ofSkill)) {
    if (relation.originalSkillUri === relation.relatedSkillUri) continue;
    (relation.relationType === "essential" ? needed : usedWith).add(
      slugs.get(relation.originalSkillUri),
      slugs.get(relation.relatedSkillUri),
    );
  }

  const row = (slug: string, { preferredLabel, description }: z.infer<typeof concept>) => ({
    slug,
    name: preferredLabel.trim(),
    summary: description,
  });
  const requires = (all: readonly string[]) => (all.length === 0 ? {} : { requires: { allOf: [...all] } });
  const file: WrittenFile = {
    skills: [...skills, ...groups].map((each) => {
      const slug = slugs.get(each.conceptUri)!;
      return {
        ...row(slug, each),
        hours: 1,
        ...requires(needed.of(slug)),
        partOf: [...wider.of(slug)],
        relations: usedWith.of(slug).map((other) => ({ kind: "USED_WITH" as const, skill: other })),
      };
    }),
    roles: occupations.map((each) => {
      const slug = roleSlugs.get(each.conceptUri)!;
      return { ...row(slug, each), ...requires(essential.of(slug)), optional: [...optional.of(slug)] };
    }),
  };
  const lists = [wider, essential, optional, needed, usedWith];
  return {
    file,
    nodes: skills.length + groups.length + occupations.length,
    relations: lists.reduce((sum, { size }) => sum + size, 0),
  };
}

/** The names, aliases and descriptions of ESCO's skills and occupations. */
export function escoTexts(): { name: string; aliases: string[]; description: string }[] {
  const concepts = unzipSync(readFileSync(`${folder}classification-en.zip`));
  const labelled = z.object({ preferredLabel: z.string(), altLabels: z.string(), description: z.string() });
  return [
    ...read(concepts["skills_en.csv"], labelled),
    ...read(concepts["occupations_en.csv"], labelled),
  ].map(({ preferredLabel: name, altLabels, description }) => ({
    name,
    aliases: altLabels.split("\n").filter((alias) => alias !== ""),
    description,
  }));
}

function read<Row>(bytes: Uint8Array | undefined, row: z.ZodType<Row>): Row[] {
  if (bytes === undefined) throw new Error("expected ESCO's own files in its archives");
  return z.array(row).parse(parse(strFromU8(bytes), { columns: true, bom: true }));
}

/** A slug for each concept by its URI; those of equal labels are numbered. */
function giveSlugs(concepts: readonly z.infer<typeof concept>[]): Map<string, string> {
  const taken = new Set<string>();
  return new Map(
    concepts.map(({ conceptUri, preferredLabel }) => {
      const stem = slugOf(preferredLabel).slice(0, 75).replace(/-$/, "");
      let slug = stem;
      for (let number = 2; taken.has(slug); number++) slug = `${stem}-${number}`;
      taken.add(slug);
      return [conceptUri, slug];
    }),
  );
}

/** Slugs by slug, each once and in the order they came. */
class Lists {
  readonly #lists = new Map<string, Set<string>>();
  size = 0;

  add(from: string | undefined, to: string | undefined): void {
    if (from === undefined || to === undefined) return;
    const list = this.#lists.get(from) ?? new Set();
    this.#lists.set(from, list);
    this.size += list.has(to) ? 0 : 1;
    list.add(to);
  }

  of(slug: string): readonly string[] {
    return [...(this.#lists.get(slug) ?? [])];
  }
}
