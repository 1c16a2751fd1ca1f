import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import type { RequirementFile } from "../seeding/requirement-file.ts";
import { SlugNames } from "./slug-names.ts";
import { asFormat, SourceError, type SourceFile } from "./source-files.ts";
import { given, placesIn, SourceRows } from "./source-rows.ts";

const slugs = z.array(z.string()).default([]);
const exercise = z.object({ slug: z.string(), name: z.string(), prerequisites: slugs });
/** The parts of Exercism's `config.json`, version 3, that say something of concepts. */
const track = z.object({
  language: z.string(),
  slug: z.string(),
  version: z.literal(3),
  exercises: z.object({
    concept: z.array(exercise.extend({ concepts: slugs })).default([]),
    practice: z.array(exercise.extend({ practices: slugs, difficulty: z.number().optional() })).default([]),
  }),
  concepts: z.array(z.object({ slug: z.string(), name: z.string() })),
});
const looks = z.object({ language: z.string(), exercises: z.object({}), concepts: z.array(z.unknown()) });

export function isExercism(files: readonly SourceFile[]): boolean {
  return files.length === 1 && looks.safeParse(files[0]!.json()).success;
}

/** Exercism rates exercises from 1 to 10; it calls those below 4 easy and those from 7 hard. */
const levelOf = (difficulty: number) =>
  difficulty < 4 ? "BEGINNER" : difficulty < 7 ? "INTERMEDIATE" : "ADVANCED";

/**
 * A track of Exercism, from its `config.json`. Concepts become skills; what a concept exercise teaches requires what the
 * exercise does, and where several teach it, what any of them does. Concept exercises become resources that teach,
 * practice exercises projects that practise. Exercism knows no hours: skills and projects get `hours`. A concept that is
 * required and that no exercise teaches is told; one that is not even listed is made. O(size of the file).
 */
export function importExercism(
  [file]: readonly SourceFile[],
  { hours }: { readonly hours: number },
): ReadGraph {
  if (file === undefined) throw new SourceError("expected a config.json of an Exercism track, got no file");
  const config = asFormat(file, file.json(), track, "an Exercism track of version 3");
  const rows = new SourceRows();
  const placeOf = placesIn(file);
  const names = new Map(config.concepts.map((each) => [each.slug, each.name]));
  const { concept: teaching, practice } = config.exercises;

  const ways = new Map<string, RequirementFile[]>();
  for (const { concepts, prerequisites } of teaching)
    for (const concept of concepts) {
      const others = prerequisites.filter((each) => !concepts.includes(each));
      ways.set(concept, [...(ways.get(concept) ?? []), { allOf: others }]);
    }
  const isTaught = (concept: string) => ways.has(concept);
  const named = new Set([...teaching, ...practice].flatMap(({ prerequisites }) => prerequisites));
  for (const concept of named) {
    if (isTaught(concept)) continue;
    const isListed = names.has(concept);
    const message = `the concept "${concept}" is required, and no exercise teaches it`;
    if (isListed) rows.problem(placeOf(concept), "never-taught", message, "warning");
    else rows.problem(placeOf(concept), "never-taught", `${message}; it is not listed either: it is made`);
  }
  const used = [
    ...teaching.flatMap(({ concepts }) => concepts),
    ...practice.flatMap(({ practices }) => practices),
  ];
  for (const slug of new Set([...names.keys(), ...named, ...used]))
    rows.add("skills", placeOf(slug), {
      slug,
      name: names.get(slug) ?? slug,
      hours,
      ...given("requires", anyOf(ways.get(slug) ?? [])),
    });
  const resources = new SlugNames("exercise");
  for (const { slug, name, concepts } of teaching)
    rows.add("resources", placeOf(slug), {
      slug: resources.give(slug, slug),
      name,
      kind: "PRACTICE_PLATFORM",
      url: `https://exercism.org/tracks/${config.slug}/exercises/${slug}`,
      cost: "FREE",
      teaches: [...new Set(concepts)],
    });
  for (const { slug, name, practices, prerequisites, difficulty } of practice)
    rows.add("projects", placeOf(slug), {
      slug,
      name,
      hours,
      ...given("difficulty", difficulty === undefined ? undefined : levelOf(difficulty)),
      ...given("requires", prerequisites.length === 0 ? undefined : { allOf: [...new Set(prerequisites)] }),
      practises: [...new Set(practices)],
    });
  return rows.read();
}

/** Any of several ways; none where one of them needs nothing. */
function anyOf(ways: readonly RequirementFile[]): RequirementFile | undefined {
  if (ways.some((way) => typeof way === "object" && "allOf" in way && way.allOf.length === 0))
    return undefined;
  return ways.length > 1 ? { anyOf: [...ways] } : ways[0];
}
