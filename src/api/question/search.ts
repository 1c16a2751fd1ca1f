import type { SearchField, SearchHit, SearchKind } from "../../loaders/search/search-index.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { checkRange, checkText, howMany } from "../core/check.ts";
import { EntityKindEnum, type EntityType } from "../core/entity.ts";
import { type Entity, findEntity, Node } from "../core/node.ts";
import { MAX_SEARCH_LENGTH, MAX_SEARCH_RESULTS } from "../limits.ts";

const TYPE_OF: Record<SearchKind, EntityType> = {
  SKILL: "Skill",
  RESOURCE: "Resource",
  PROJECT: "Project",
  ROLE: "Role",
  ROADMAP: "Roadmap",
  DOCUMENT: "Document",
};

const DEFAULT_RESULTS = 10;

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

builder.queryField("search", (t) =>
  t.field({
    type: [SearchResult],
    nullable: true,
    description:
      "Finds entities by their names, aliases and slugs, and by the words of their summaries, parts and citations, best match first. Forgives slips in names, and takes other forms of a word, and words written together or apart, for the same.",
    args: {
      query: t.arg.string({
        required: true,
        description: `What to look for, at most ${MAX_SEARCH_LENGTH} letters.`,
      }),
      kinds: t.arg({ type: [EntityKindEnum], description: "Only these kinds. Absent: all." }),
      first: t.arg.int(howMany(DEFAULT_RESULTS, 1, MAX_SEARCH_RESULTS)),
    },
    resolve: async (_root, args, context): Promise<Result[]> => {
      const { query, kinds, first } = args;
      checkText("query", query);
      checkRange("first", first, 1, MAX_SEARCH_RESULTS);
      const index = await context.loaders.searchIndex(context.snapshot);
      const { hits } = index.find(query, kinds == null ? undefined : new Set(kinds), first);
      const entities = await Promise.all(hits.map((hit) => findEntity(context, TYPE_OF[hit.kind], hit.slug)));
      return hits.flatMap((hit, at) => {
        const entity = entities[at];
        return entity == null ? [] : [{ ...hit, args, entity }];
      });
    },
  }),
);
