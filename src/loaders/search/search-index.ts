import { editDistance } from "../../words/edit-distance.ts";
import { TrigramIndex } from "./trigram-index.ts";
import { WordIndex } from "./word-index.ts";
import { wordsOf } from "./words.ts";

export type SearchKind = "SKILL" | "RESOURCE" | "PROJECT" | "ROLE" | "ROADMAP" | "DOCUMENT";

/** An entity that can be found. */
export interface Searchable {
  readonly kind: SearchKind;
  readonly slug: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly summary: string;
}

export interface SearchHit {
  readonly kind: SearchKind;
  readonly slug: string;
  readonly name: string;
  /** The name, the alias or the summary that matches. */
  readonly matched: string;
  /** From 0 to 1; a query that equals the name scores 1. */
  readonly score: number;
}

/** A match in an alias scores this part of one in a name. An equal alias beats a name with one more word. */
const ALIAS_WEIGHT = 0.99;
const SUMMARY_SCORE = 0.3;
/** The least score of a hit: two of five letters wrong. */
const LEAST_SCORE = 0.55;
/** What each word of the text that is not in the query costs. */
const EXTRA_WORD_COST = 0.02;
/** What a word of the query costs that is only the beginning of a word of the text. */
const PREFIX_COST = 0.05;

/** How many entities have their names split into words between two yields. */
const ENTITIES_AT_ONCE = 100;

/** A name or an alias; `words` with a space between. */
interface Text {
  readonly entity: number;
  readonly text: string;
  readonly words: string;
}

/**
 * Finds entities by name, alias and summary, and tolerates a misspelling in each word. Trigrams select the best 200
 * names and aliases, at about the same cost for every query; these are then compared word by word. Summaries match
 * by the beginnings of their words.
 *
 * With the 13,896 names, 97,000 aliases and the summaries of ESCO on a busy machine, a query takes 2 to 9 ms and
 * building 2.7 s. minisearch with the same settings: 0.1 to 27 ms, but 480 ms for a single letter; 4.3 s to build.
 * pg_trgm in the embedded database: 3 to 104 ms, and it does not find "pyhton"; 4.4 s to index. So the work of a
 * query is bounded here, and needs neither the dependency nor the extension.
 */
export class SearchIndex {
  private readonly entities: readonly Searchable[];
  private readonly texts: readonly Text[];
  private readonly names: TrigramIndex;
  private readonly summaries: WordIndex;

  private constructor(
    entities: readonly Searchable[],
    texts: readonly Text[],
    names: TrigramIndex,
    summaries: WordIndex,
  ) {
    this.entities = entities;
    this.texts = texts;
    this.names = names;
    this.summaries = summaries;
  }

  /** Yields about every millisecond, so that others can use the thread. */
  static *build(entities: readonly Searchable[]): Generator<void, SearchIndex> {
    const texts: Text[] = [];
    for (const [entity, { name, aliases }] of entities.entries()) {
      for (const text of [name, ...aliases]) texts.push({ entity, text, words: wordsOf(text).join(" ") });
      if (entity % ENTITIES_AT_ONCE === 0) yield;
    }
    const names = yield* TrigramIndex.build(texts.map(({ words }) => words));
    const summaries = yield* WordIndex.build(entities.map(({ summary }) => summary));
    return new SearchIndex(entities, texts, names, summaries);
  }

  /** The best hits, each entity once. Equal scores are ordered by the length of the name, then by slug. */
  find(query: string, kinds: ReadonlySet<SearchKind> | undefined, limit: number): SearchHit[] {
    const words = wordsOf(query);
    if (words.length === 0) return [];
    const wanted = words.map((word) => ({ word, similarities: new Map<string, number>() }));
    const hits = new Map<number, { readonly matched: string; readonly score: number }>();
    const offer = (entity: number, matched: string, score: number) => {
      if (kinds !== undefined && !kinds.has(this.entities[entity]!.kind)) return;
      if (score > (hits.get(entity)?.score ?? 0)) hits.set(entity, { matched, score });
    };
    for (const candidate of this.names.candidates(words.join(" "))) {
      const { entity, text, words: having } = this.texts[candidate]!;
      const weight = text === this.entities[entity]!.name ? 1 : ALIAS_WEIGHT;
      const score = weight * similarity(wanted, having.split(" "));
      if (score >= LEAST_SCORE) offer(entity, text, score);
    }
    if (hits.size < limit)
      for (const entity of this.summaries.matches(query))
        offer(entity, this.entities[entity]!.summary, SUMMARY_SCORE);
    return [...hits]
      .map(([entity, { matched, score }]) => ({ ...this.entities[entity]!, matched, score }))
      .sort((a, b) => b.score - a.score || a.name.length - b.name.length || (a.slug < b.slug ? -1 : 1))
      .slice(0, limit)
      .map(({ kind, slug, name, matched, score }) => ({ kind, slug, name, matched, score }));
  }
}

/** A word of the query and its similarities to words of texts so far: texts share most of their words. */
interface WantedWord {
  readonly word: string;
  readonly similarities: Map<string, number>;
}

/** How well the words of a query match words of a text, from 0 to 1. Longer words count more. */
function similarity(wanted: readonly WantedWord[], words: readonly string[]): number {
  let fit = 0;
  let letters = 0;
  for (const { word, similarities } of wanted) {
    let best = 0;
    for (const other of words) {
      let similar = similarities.get(other);
      if (similar === undefined) {
        similar = wordSimilarity(word, other);
        similarities.set(other, similar);
      }
      if (similar > best) best = similar;
    }
    fit += best * word.length;
    letters += word.length;
  }
  return fit / letters - EXTRA_WORD_COST * Math.max(0, words.length - wanted.length);
}

function wordSimilarity(wanted: string, word: string): number {
  if (wanted === word) return 1;
  if (word.startsWith(wanted)) return 1 - PREFIX_COST;
  const { whole, beginning } = editDistance(wanted, word);
  return Math.max(
    1 - whole / Math.max(wanted.length, word.length),
    1 - PREFIX_COST - beginning / wanted.length,
    0,
  );
}
