import type { WrittenFile } from "./api.ts";
import { esco } from "./esco.ts";

/**
 * A part of ESCO that is whole in itself, for tests that look at pages: the occupations whose names have a word, every skill
 * that they name, essential or optional, and whatever these need or are part of. Relations to what is left out are left out.
 */
export function escoCut(word: string): WrittenFile {
  const { file } = esco();
  const roles = (file.roles ?? []).filter(({ name }) => name.split(" ").includes(word));
  const bySlug = new Map((file.skills ?? []).map((skill) => [skill.slug, skill]));
  const kept = new Set<string>();
  const queue = roles.flatMap(({ requires, optional }) => [
    ...namedIn(requires),
    ...namedIn({ allOf: optional }),
  ]);
  for (let slug = queue.pop(); slug !== undefined; slug = queue.pop()) {
    const skill = bySlug.get(slug);
    if (skill === undefined || kept.has(slug)) continue;
    kept.add(slug);
    queue.push(...namedIn(skill.requires), ...namedIn({ allOf: skill.partOf }));
  }
  return {
    roles,
    skills: [...kept].map((slug) => {
      const skill = bySlug.get(slug)!;
      return { ...skill, relations: skill.relations?.filter((relation) => kept.has(relation.skill)) };
    }),
  };
}

/** The slugs in a list of `allOf`, the only kind of requirement that ESCO has. */
function namedIn(requires: unknown): string[] {
  if (typeof requires !== "object" || requires === null || !("allOf" in requires)) return [];
  return Array.isArray(requires.allOf) ? requires.allOf.filter((slug) => typeof slug === "string") : [];
}
