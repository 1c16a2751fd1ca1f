/** A skill, with what it is part of. */
interface Part {
  readonly slug: string;
  readonly name: string;
  readonly kind?: string;
  readonly partOf?: readonly { readonly whole: Part }[];
}

/** What a skill is listed under. */
export interface Topic {
  readonly slug: string;
  readonly name: string;
}

/** The topic that a skill belongs to: the nearest whole that is one, else the largest whole that is known. */
export function topicOf(skill: Part): Topic {
  let at = skill;
  for (;;) {
    if (at.kind === "TOPIC") return at;
    const whole = at.partOf?.[0]?.whole;
    if (whole === undefined) return at;
    at = whole;
  }
}

/** Items under the topics of their skills, both in the order in which they first occur. */
export function byTopic<Item>(
  items: readonly Item[],
  skillOf: (item: Item) => Part,
): { readonly topic: Topic; readonly items: readonly Item[] }[] {
  const sections = new Map<string, { topic: Topic; items: Item[] }>();
  for (const item of items) {
    const topic = topicOf(skillOf(item));
    const section = sections.get(topic.slug) ?? { topic, items: [] };
    section.items.push(item);
    sections.set(topic.slug, section);
  }
  return [...sections.values()];
}
