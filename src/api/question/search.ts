import type { SearchHit, SearchKind } from "../../loaders/search/search-index.ts";
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

type Result = Answer<SearchHit & { readonly entity: Entity }>;

const SearchResult = builder.objectRef<Result>("SearchResult").implement({
  description: "One hit of a search.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug of the entity." }),
    name: t.exposeString("name", { description: "The name of the entity." }),
    node: t.expose("entity", { type: Node, description: "The entity itself." }),
    matched: t.exposeString("matched", {
      description: "The name, alias or summary that matches the query best.",
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
      "Finds entities by name, alias and summary, best match first. Tolerates a typing error in each word, and finds PostgreSQL for Postgres.",
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
      const hits = index.find(query, kinds == null ? undefined : new Set(kinds), first);
      const entities = await Promise.all(hits.map((hit) => findEntity(context, TYPE_OF[hit.kind], hit.slug)));
      return hits.flatMap((hit, at) => {
        const entity = entities[at];
        return entity == null ? [] : [{ ...hit, args, entity }];
      });
    },
  }),
);
