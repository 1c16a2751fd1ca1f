import { editDistanceWithin } from "./edit-distance.ts";
import { fold } from "./fold.ts";

/** One edit for every three letters still counts as a misspelling of the same word, up to a few. */
const LETTERS_PER_EDIT = 3;
const MAX_EDITS = 3;

/** Everything but letters, digits, `+` and `#`: what people leave out or write otherwise, as in Node.js and CI/CD. */
const SEPARATORS = /[^\p{L}\p{N}+#]+/gu;

/** A text as "did you mean" compares it: letter case, accents and separators do not count. */
function keyOf(text: string): string {
  return fold(text).replace(SEPARATORS, "");
}

/** A word to suggest, and what else people write for it, such as a slug with a name and aliases. */
export type Spelled = readonly [word: string, ...others: string[]];

/** Finds the words that a misspelt or unfinished one may stand for, by any of their spellings. */
export class Spellings {
  readonly #words: string[] = [];
  /** Per spelling its key, and the word that it belongs to; of each word no key twice. */
  readonly #keys: string[] = [];
  readonly #wordOf: number[] = [];
  readonly #byKey = new Map<string, number[]>();

  constructor(words: Iterable<Spelled> = []) {
    for (const word of words) this.add(word);
  }

  add(spelled: Spelled): void {
    const at = this.#words.push(spelled[0]) - 1;
    for (const key of new Set(spelled.map(keyOf))) {
      this.#keys.push(key);
      this.#wordOf.push(at);
      const same = this.#byKey.get(key);
      if (same === undefined) this.#byKey.set(key, [at]);
      else same.push(at);
    }
  }

  /** How many spellings `closest` may have to compare. */
  get size(): number {
    return this.#keys.length;
  }

  /** The words of which a spelling is the same but for letter case, accents and separators. O(1). */
  same(wrong: string): string[] {
    return this.#named(this.#byKey.get(keyOf(wrong)) ?? []);
  }

  /**
   * At most `limit` words: those that are the same, else, nearest first, those that begin with what is asked for and
   * those within one edit for every three letters, at most three; of equally near ones the shortest, then in the order given. A single
   * letter stands only for itself, since any other letter is one edit away.
   *
   * O(spellings × length): 14,000 take a few milliseconds.
   */
  closest(wrong: string, limit: number): string[] {
    const asked = keyOf(wrong);
    const same = asked === "" ? [] : this.same(wrong);
    if (same.length > 0 || asked.length < 2) return same.slice(0, limit);
    const most = Math.min(MAX_EDITS, Math.max(1, Math.floor(asked.length / LETTERS_PER_EDIT)));
    const distances = new Map<number, number>();
    for (const [at, key] of this.#keys.entries()) {
      const distance = key.startsWith(asked) ? 0 : editDistanceWithin(asked, key, most);
      const word = this.#wordOf[at]!;
      if (distance !== undefined && distance < (distances.get(word) ?? Number.POSITIVE_INFINITY))
        distances.set(word, distance);
    }
    const near = [...distances].sort(
      ([a, fromA], [b, fromB]) => fromA - fromB || this.#words[a]!.length - this.#words[b]!.length || a - b,
    );
    return this.#named(near.slice(0, limit).map(([word]) => word));
  }

  #named(words: readonly number[]): string[] {
    return words.map((at) => this.#words[at]!);
  }
}

/** The closest of a few words that are spelt in one way; see `Spellings`. */
export function closestWord(wrong: string, known: Iterable<string>): string | undefined {
  return new Spellings(Array.from(known, (word): Spelled => [word])).closest(wrong, 1)[0];
}

/** `; did you mean "…"?` with the closest of a few words; "" when none is close. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  return asQuestion(closestWord(wrong, known));
}

/** `; did you mean "…"?`, or "" without a word. */
export function asQuestion(word: string | undefined): string {
  return word === undefined ? "" : `; did you mean "${word}"?`;
}
