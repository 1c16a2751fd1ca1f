/** A skill, with what it is part of. */
interface Part {
  readonly slug: string;
  readonly partOf?: readonly { readonly whole: Part }[];
}

/** Whether a skill is a topic or part of it, as far as its wholes are known. */
export function isUnder(topic: string, { slug, partOf = [] }: Part): boolean {
  return slug === topic || partOf.some(({ whole }) => isUnder(topic, whole));
}
