import type { SearchField, SearchHit } from "../../loaders/search/search-index.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { checkText } from "../core/check.ts";
import { packCursor, ranksOf, toConnection } from "../core/connection.ts";
import { EntityKindEnum, TYPE_OF } from "../core/entity.ts";
import { type Entity, findEntity, Node } from "../core/node.ts";
import { MAX_SEARCH_LENGTH } from "../limits.ts";

const FIELDS: Record<SearchField, { description: string }> = {
  NAME: { description: "The name." },
  ALIAS: { description: "Another name." },
  SLUG: { description: "The slug." },
  MAKER: { description: "An author, a provider or a publisher." },
  KIND: { description: "The kind, such as a job board or a language." },
  PART: { description: "A note, a step, a responsibility, a market fact or a section." },
  SUMMARY: { description: "The summary." },
  MENTION: { description: "The words of a document that a citation quotes." },
};
const SearchFieldEnum = builder.enumType("SearchField", {
  description: "Where a search found its words.",
  values: FIELDS,
});

type Result = Answer<SearchHit & { readonly entity: Entity }>;

const SearchResult = builder.objectRef<Result>("SearchResult").implement({
  description: "One hit of a search.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug of the entity." }),
    name: t.exposeString("name", { description: "The name of the entity." }),
    node: t.expose("entity", { type: Node, description: "The entity itself." }),
    matched: t.exposeString("matched", {
      description: "The text that matches the query best.",
    }),
    matchedIn: t.expose("field", {
      type: SearchFieldEnum,
      description: "What that text is to the entity.",
    }),
    score: t.exposeFloat("score", {
      description: "How well it matches: 1 for the exact name. Use it only to order results.",
    }),
  }),
});
addAnswerId(SearchResult, ({ kind, slug }) => [kind, slug]);

/** Hits have no order but their rank, which the revision keeps. */
const ORDER = "RANK";

builder.queryField("search", (t) =>
  t.connection(
    {
      type: SearchResult,
      nullable: true,
      description:
        "Finds entities by their names, aliases and slugs, and by the words of their summaries, parts and citations, best match first. Forgives slips in names, and takes other forms of a word, and words written together or apart, for the same.",
      args: {
        query: t.arg.string({
          required: true,
          description: `What to look for, at most ${MAX_SEARCH_LENGTH} letters.`,
        }),
        kinds: t.arg({ type: [EntityKindEnum], description: "Only these kinds. Absent: all." }),
      },
      resolve: async (_root, args, context) => {
        const { query, kinds } = args;
        const { since, work } = context;
        checkText("query", query);
        // Checks the arguments before anything is looked for; without the end, pages from it need all hits.
        const { to } = ranksOf(ORDER, args, Number.POSITIVE_INFINITY);
        const index = await context.loaders.searchIndex(context.snapshot);
        const find = () => {
          work.signal.throwIfAborted();
          return index.find(query, kinds == null ? undefined : new Set(kinds), to);
        };
        // One operation may ask for sixty, each of which takes a millisecond.
        const { hits, total } = await inTurn(find, since);
        const { from, to: end, more } = ranksOf(ORDER, args, total);
        const page = hits.slice(from, end);
        const entities = await Promise.all(
          page.map((hit) => findEntity(context, TYPE_OF[hit.kind], hit.slug)),
        );
        const rows = page.map((hit, at) => ({ hit, entity: entities[at], rank: from + at }));
        return toConnection(
          args,
          { rows, more },
          {
            cursorOf: ({ rank }) => packCursor([ORDER, rank]),
            toNode: ({ hit, entity }) => (entity == null ? undefined : { ...hit, args, entity }),
            totalCount: async () => total,
          },
        );
      },
    },
    { name: "SearchConnection", description: "A page of hits." },
    { name: "SearchEdge" },
  ),
);
