import { Postings } from "./postings.ts";
import { type Match, Vocabulary } from "./vocabulary.ts";
import { compoundsOf, isFiller, weightOf, wordsOf } from "./words.ts";

export type SearchKind = "SKILL" | "RESOURCE" | "PROJECT" | "ROLE" | "ROADMAP" | "DOCUMENT";

/** What a text is to its entity. */
export type SearchField = "NAME" | "ALIAS" | "SLUG" | "MAKER" | "KIND" | "PART" | "SUMMARY" | "MENTION";

/** An entity that can be found. */
export interface Searchable {
  readonly kind: SearchKind;
  readonly slug: string;
  readonly name: string;
  /** All other texts that it is found by. */
  readonly texts: readonly { readonly field: SearchField; readonly text: string }[];
}

export interface SearchHit {
  readonly kind: SearchKind;
  readonly slug: string;
  readonly name: string;
  /** The text that matches best, and what it is. */
  readonly matched: string;
  readonly field: SearchField;
  /** From 0 to 1; a query that equals the name scores 1. */
  readonly score: number;
}

/** What a full match in a text of each field scores. An equal alias beats a name with one more word. */
const WEIGHT: Readonly<Record<SearchField, number>> = {
  NAME: 1,
  ALIAS: 0.99,
  SLUG: 0.98,
  MAKER: 0.93,
  KIND: 0.9,
  PART: 0.75,
  SUMMARY: 0.72,
  MENTION: 0.7,
};
/** What a full match in a longer text scores more if the text has no other words: the citation of the very words counts. */
const WHOLE_TEXT_BONUS: Readonly<Partial<Record<SearchField, number>>> = {
  PART: 0.05,
  SUMMARY: 0.05,
  MENTION: 0.15,
};
/** Texts that name their entity: slips are forgiven, words may be missing, and words too many cost. */
const NAMES: ReadonlySet<SearchField> = new Set(["NAME", "ALIAS", "SLUG", "MAKER"]);
/** How well a word fits several words that it is written together from. */
const COMPOUND_SIMILARITY = 0.99;
/** The least score of a hit by name: nearly half of the query is there. */
const LEAST_SCORE = 0.4;
/** What each word of a name costs that is not in the query; a filler costs half. */
const EXTRA_WORD_COST = 0.03;
/** Letters and words of a query that count: more than any name has. */
const MAX_QUERY_LETTERS = 400;
const MAX_QUERY_WORDS = 16;
/** Texts that are looked at for a query, shared out among its words: the worse matches of too common ones are left out. */
const MAX_TEXTS_OF_QUERY = 20_000;

/** How many entities have their texts split into words between two yields: about a millisecond. */
const ENTITIES_AT_ONCE = 20;

interface Text {
  readonly entity: number;
  readonly field: SearchField;
  readonly text: string;
  /** How many words it has; a filler is half of one. */
  readonly words: number;
}

/**
 * Finds entities by the words of their texts. For each word of the query the words that may be meant are looked up: the
 * same, those of the same stem, those that begin with it, those that it is a misspelling of; two neighbours also as one
 * word, and one word as two. Then all texts that have any of them are scored.
 */
export class SearchIndex {
  readonly #entities: readonly Searchable[];
  readonly #texts: readonly Text[];
  readonly #vocabulary: Vocabulary;
  /** Per text: 1 where it names its entity. */
  readonly #isName: Uint8Array;
  /** Per word of the vocabulary: the texts that have it. */
  readonly #textsOfWord: Postings;
  /** What several words of a name are written as one, and the names. */
  readonly #compounds: ReadonlyMap<string, readonly Joined[]>;
  /** Per text: how well it matches the query; all as if none did between queries. */
  readonly #sums: Sums;

  private constructor(
    entities: readonly Searchable[],
    texts: readonly Text[],
    vocabulary: Vocabulary,
    textsOfWord: Postings,
    compounds: ReadonlyMap<string, readonly Joined[]>,
  ) {
    this.#entities = entities;
    this.#texts = texts;
    this.#isName = Uint8Array.from(texts, ({ field }) => (NAMES.has(field) ? 1 : 0));
    this.#vocabulary = vocabulary;
    this.#textsOfWord = textsOfWord;
    this.#compounds = compounds;
    this.#sums = new Sums(texts.length);
  }

  /** O(letters of the texts). Yields about every millisecond, so that others can use the thread. */
  static *build(entities: readonly Searchable[]): Generator<void, SearchIndex> {
    const texts: Text[] = [];
    const ids = new Map<string, number>();
    const compounds = new Map<string, Joined[]>();
    const idsOfText: number[][] = [];
    const idOf = (word: string): number => {
      const known = ids.get(word);
      if (known !== undefined) return known;
      ids.set(word, ids.size);
      return ids.size - 1;
    };
    for (const [entity, { name, texts: others }] of entities.entries()) {
      for (const { field, text } of [{ field: "NAME", text: name } as const, ...others]) {
        const words = [...new Set(wordsOf(text))];
        idsOfText.push(words.map(idOf));
        for (const compound of NAMES.has(field) ? compoundsOf(text) : []) {
          const joined = { text: texts.length, words: compound.words };
          const known = compounds.get(compound.word);
          if (known === undefined) compounds.set(compound.word, [joined]);
          else known.push(joined);
        }
        texts.push({ entity, field, text, words: lengthOf(words) });
      }
      if (entity % ENTITIES_AT_ONCE === 0) yield;
    }
    const vocabulary = yield* Vocabulary.of(ids);
    const textsOfWord = yield* Postings.of(idsOfText, ids.size);
    return new SearchIndex(entities, texts, vocabulary, textsOfWord, compounds);
  }

  /**
   * The hits, best first, each entity once: the best `limit` of `total`. Equal scores are ordered by the length of the
   * name, then by slug. O(texts that have a word of the query), up to `MAX_TEXTS_OF_QUERY`.
   */
  find(query: string, kinds: ReadonlySet<SearchKind> | undefined, limit: number): Found {
    const words = wordsOf(query.slice(0, MAX_QUERY_LETTERS));
    const best = new Map<number, { text: number; score: number }>();
    this.#eachMatch([...new Set(words)].slice(0, MAX_QUERY_WORDS), (text, score) => {
      const { entity } = this.#texts[text]!;
      if (kinds !== undefined && !kinds.has(this.#entities[entity]!.kind)) return;
      if (score > (best.get(entity)?.score ?? 0)) best.set(entity, { text, score });
    });
    const least = Float64Array.from(best.values(), ({ score }) => score)
      .sort()
      .at(-limit);
    const hits = [...best]
      .filter(([, { score }]) => least === undefined || score >= least)
      .map(([entity, { text, score }]) => {
        const { kind, slug, name } = this.#entities[entity]!;
        const { text: matched, field } = this.#texts[text]!;
        return { kind, slug, name, matched, field, score: Math.round(1_000 * score) / 1_000 };
      })
      .sort((a, b) => b.score - a.score || a.name.length - b.name.length || (a.slug < b.slug ? -1 : 1))
      .slice(0, limit);
    return { hits, total: best.size };
  }

  /** Calls back with each text that matches, and how well. */
  #eachMatch(wanted: readonly string[], found: (text: number, score: number) => void): void {
    const sums = this.#sums;
    const needed = [...wanted.keys()].filter((at) => !isFiller(wanted[at]!));
    for (const at of needed) this.#addMatches(wanted, at, true);
    // Fillers bring in no texts of their own: nearly all have them.
    for (const at of wanted.keys())
      if (isFiller(wanted[at]!)) this.#addMatches(wanted, at, needed.length === 0);
    const weights = wanted.reduce((sum, word) => sum + weightOf(word), 0);
    for (const text of sums.touched) {
      const isName = this.#isName[text] === 1;
      if (!isName && sums.needed[text]! < needed.length) continue;
      const fit = sums.fit[text]! / weights;
      if (isName && fit < LEAST_SCORE) continue;
      const { field, words } = this.#texts[text]!;
      const covered = sums.covered[text]!;
      const score = isName
        ? WEIGHT[field] * (fit - EXTRA_WORD_COST * Math.max(0, words - covered))
        : WEIGHT[field] * fit + (WHOLE_TEXT_BONUS[field] ?? 0) * Math.min(1, covered / words);
      if (score >= LEAST_SCORE) found(text, score);
    }
    sums.clear();
  }

  /** Adds up the texts that a word of the query matches, the best matches first; with `isNew`, those too that no other did. */
  #addMatches(wanted: readonly string[], at: number, isNew: boolean): void {
    const word = wanted[at]!;
    const isNeeded = !isFiller(word);
    const weight = weightOf(word);
    const add = (text: number, similarity: number, covered: number) => {
      if (isNew || this.#sums.fit[text]! > 0)
        this.#sums.add(text, at, weight * similarity, covered, isNeeded);
    };
    const addMeant = ({ word: id, similarity, isSlip, isJoined }: Meant) => {
      const covered = isJoined || !isNeeded ? 0.5 : 1;
      for (const text of this.#textsOfWord.having(id))
        if (!isSlip || this.#isName[text] === 1) add(text, similarity, covered);
    };

    const [first, ...others] = this.#meant(wanted, at);
    if (first !== undefined) addMeant(first);
    const all = wanted.join("");
    for (const compound of [word, all])
      for (const { text, words } of this.#compounds.get(compound) ?? [])
        add(text, COMPOUND_SIMILARITY, compound === all ? words : words / wanted.length);
    let read = 0;
    for (const meant of others) {
      read += this.#textsOfWord.having(meant.word).length;
      if (read > MAX_TEXTS_OF_QUERY / wanted.length) break;
      addMeant(meant);
    }
  }

  /** The words that may be meant by a word of the query, best first: also by it and a neighbour together. */
  #meant(wanted: readonly string[], at: number): Meant[] {
    const word = wanted[at]!;
    const meant: Meant[] = this.#vocabulary.same(word);
    if (!isFiller(word)) {
      // A word that is there is no slip.
      const slips = meant[0]?.similarity === 1 ? [] : this.#vocabulary.misspeltAs(word);
      for (const matches of [slips, this.#vocabulary.beginningWith(word)])
        for (const match of matches) meant.push(match);
    }
    for (const joined of [wanted.slice(at - 1, at + 1), wanted.slice(at, at + 2)])
      if (joined.length === 2)
        for (const match of this.#vocabulary.same(joined.join(""))) meant.push({ ...match, isJoined: true });
    return meant.sort((a, b) => b.similarity - a.similarity);
  }
}

/** What a search finds. */
export interface Found {
  /** Best first. */
  readonly hits: SearchHit[];
  /** How many there are in all. */
  readonly total: number;
}

/** A name of which some words are written as one. */
interface Joined {
  readonly text: number;
  /** How many words. */
  readonly words: number;
}

/** A word that may be meant by a word of the query, or by two of its words together. */
interface Meant extends Match {
  readonly isJoined?: boolean;
}

/** How much there is to read in words: fillers count half. */
function lengthOf(words: readonly string[]): number {
  return words.reduce((length, word) => length + (isFiller(word) ? 0.5 : 1), 0);
}

/** Per text, how well it matches the words of a query so far. */
class Sums {
  /** The texts that match any word. */
  readonly touched: number[] = [];
  /** The weights of the words that it matches, each times how well. */
  readonly fit: Float64Array;
  /** How many words of the text are matched. */
  readonly covered: Float32Array;
  /** How many words of the query are matched, fillers left out. */
  readonly needed: Uint8Array;
  /** One more than the place of the last word of the query that was matched. */
  readonly #last: Uint8Array;

  constructor(texts: number) {
    this.fit = new Float64Array(texts);
    this.covered = new Float32Array(texts);
    this.needed = new Uint8Array(texts);
    this.#last = new Uint8Array(texts);
  }

  /** Adds the match of a word of the query, unless it matches already: the best one comes first. */
  add(text: number, at: number, fit: number, covered: number, isNeeded: boolean): void {
    if (this.#last[text] === at + 1) return;
    if (this.#last[text] === 0) this.touched.push(text);
    this.#last[text] = at + 1;
    this.fit[text]! += fit;
    this.covered[text]! += covered;
    if (isNeeded) this.needed[text]!++;
  }

  clear(): void {
    for (const text of this.touched) {
      this.fit[text] = 0;
      this.covered[text] = 0;
      this.needed[text] = 0;
      this.#last[text] = 0;
    }
    this.touched.length = 0;
  }
}
