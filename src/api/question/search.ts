import type { SearchHit, SearchKind } from "../../loaders/search/search-index.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
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

interface Result {
  /** What was asked. */
  readonly args: object;
  readonly hit: SearchHit;
  readonly entity: Entity;
}

const SearchResult = builder.objectRef<Result>("SearchResult").implement({
  description: "One hit of a search.",
  fields: (t) => ({
    kind: t.field({
      type: EntityKindEnum,
      description: "The kind of the entity.",
      resolve: ({ hit }) => hit.kind,
    }),
    slug: t.string({ description: "The slug of the entity.", resolve: ({ hit }) => hit.slug }),
    name: t.string({ description: "The name of the entity.", resolve: ({ hit }) => hit.name }),
    node: t.field({ type: Node, description: "The entity itself.", resolve: ({ entity }) => entity }),
    matched: t.string({
      description: "The name, alias or summary that matches the query best.",
      resolve: ({ hit }) => hit.matched,
    }),
    score: t.float({
      description: "How well it matches: 1 for the exact name. Use it only to order results.",
      resolve: ({ hit }) => hit.score,
    }),
  }),
});
addAnswerId(SearchResult, ({ hit }) => [hit.kind, hit.slug]);

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
        return entity == null ? [] : [{ args, hit, entity }];
      });
    },
  }),
);
