import { MAX_SLUG_LENGTH } from "../seeding/graph-file-parts.ts";
import { slugOf } from "../seeding/slug.ts";

/** Room for a number behind a slug. */
const STEM_LENGTH = MAX_SLUG_LENGTH - 6;

/** Gives slugs to what has other names in a source: by the same key always the same, by different keys different ones. */
export class SlugNames {
  readonly #byKey = new Map<string, string>();
  readonly #taken = new Set<string>();
  /** What a slug begins with whose name has no Latin letters. */
  readonly #noun: string;

  constructor(noun: string) {
    this.#noun = noun;
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** The slug of a key. The first time, it is made from the name; those of equal names are numbered. */
  give(key: string, name: string): string {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const stem = slugOf(name).slice(0, STEM_LENGTH).replace(/-$/, "");
    let slug = stem === "" ? `${this.#noun}-1` : stem;
    for (let number = 2; this.#taken.has(slug); number++) slug = `${stem || this.#noun}-${number}`;
    this.#taken.add(slug);
    this.#byKey.set(key, slug);
    return slug;
  }

  /** Makes another key stand for the slug of a key that has one. */
  alias(other: string, key: string): void {
    const slug = this.#byKey.get(key);
    if (slug !== undefined) this.#byKey.set(other, slug);
  }

  /** The slug that a key was given. */
  get(key: string): string | undefined {
    return this.#byKey.get(key);
  }
}
