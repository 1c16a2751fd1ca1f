import type { Spellings } from "../../words/closest-words.ts";
import { MAX_COMPARED_SPELLINGS, MAX_SUGGESTED_SLUGS, MAX_SUGGESTIONS } from "../limits.ts";
import type { EntityKind } from "./entity.ts";
import { NotFoundError, type UnknownSlug, unknownSlug } from "./errors.ts";
import { withoutStack } from "./without-stack.ts";

/** What suggestions need of the context of a request. */
export interface SuggestingContext {
  readonly loaders: { readonly spellings: (kind: EntityKind) => Promise<Spellings> };
}

/** How many slugs each request has had suggestions for. */
const suggestedIn = new WeakMap<SuggestingContext, number>();

/**
 * Unknown slugs with the slugs that may be meant, by slug, name and aliases, nearest first. Only the first
 * `MAX_SUGGESTED_SLUGS` of a request get any: a request can ask for thousands.
 */
export async function withSuggestions(
  context: SuggestingContext,
  unknown: readonly UnknownSlug[],
): Promise<UnknownSlug[]> {
  const before = suggestedIn.get(context) ?? 0;
  suggestedIn.set(context, before + unknown.length);
  return Promise.all(
    unknown.map(async (each, at) => {
      if (before + at >= MAX_SUGGESTED_SLUGS) return each;
      return { ...each, suggestions: suggestions(each.slug, await context.loaders.spellings(each.kind)) };
    }),
  );
}

/** Rejects with NotFoundError for what a query asked for by slug. */
export async function notFound(context: SuggestingContext, kind: EntityKind, slug: string): Promise<never> {
  const unknown = await withSuggestions(context, [unknownSlug(kind, slug)]);
  throw withoutStack(() => new NotFoundError(unknown));
}

let comparisonsLeft = MAX_COMPARED_SPELLINGS;

/**
 * The words closest to one that does not exist. Where comparing all would take long, or others were compared in this
 * turn of the event loop already, only those that are the same but for letter case, accents and separators.
 */
export function suggestions(wrong: string, spellings: Spellings): string[] {
  if (spellings.size > comparisonsLeft) return spellings.same(wrong).slice(0, MAX_SUGGESTIONS);
  if (comparisonsLeft === MAX_COMPARED_SPELLINGS)
    setImmediate(() => {
      comparisonsLeft = MAX_COMPARED_SPELLINGS;
    });
  comparisonsLeft -= spellings.size;
  return spellings.closest(wrong, MAX_SUGGESTIONS);
}
