import type { Loaders } from "../../loaders/loaders.ts";
import type { ResourcePreferences } from "../../planning/cover/path-resources.ts";
import type { ResourceKind } from "../../store/generated/client/enums.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import { checkCount, checkRange } from "../core/check.ts";
import { BY_NAME, orderInput } from "../core/connection.ts";
import { fault } from "../core/errors.ts";
import { encodeGlobalId } from "../core/global-id.ts";
import { Node } from "../core/node.ts";
import { addNounQueries } from "../core/noun-queries.ts";
import { notFound } from "../core/suggestions.ts";
import { MAX_LANGUAGES, MAX_PATH_RESOURCES } from "../limits.ts";
import { addCitations, addClaims, Cited, rowSubject, supportFields } from "../provenance/citation.ts";

export const ResourceKindEnum = builder.enumType("ResourceKind", ENUM_OPTIONS.ResourceKind);

export const CostEnum = builder.enumType("Cost", ENUM_OPTIONS.Cost);

/** What it teaches is added in skill/relations.ts. */
export const Resource = builder.prismaObject("Resource", {
  interfaces: () => [Node, Cited],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      resolve: ({ slug }) => encodeGlobalId("Resource", slug),
    }),
    slug: t.exposeString("slug"),
    formerSlugs: t.exposeStringList("formerSlugs"),
    name: t.exposeString("name"),
    kind: t.expose("kind", { type: ResourceKindEnum }),
    url: t.exposeString("url", { nullable: true }),
    authors: t.exposeStringList("authors"),
    provider: t.exposeString("provider", { nullable: true }),
    cost: t.expose("cost", { type: CostEnum, nullable: true }),
    hours: t.exposeFloat("hours", { nullable: true }),
    language: t.exposeString("language", { nullable: true }),
    summary: t.exposeString("summary"),
    isGeneric: t.exposeBoolean("isGeneric"),
  }),
});

addCitations(Resource, rowSubject("RESOURCE"));
addClaims(Resource, rowSubject("RESOURCE"));

/** The resources that some rows name, in their order. */
export async function resourcesIn(rows: readonly { readonly resourceId: number }[], { resources }: Loaders) {
  const loaded = await Promise.all(rows.map(({ resourceId }) => resources.load(resourceId)));
  return loaded.flatMap((resource) => resource ?? []);
}

addNounQueries(Resource, {
  description: "The resource of a slug. Null, with a NOT_FOUND error, when there is none.",
  filter: builder.inputType("ResourceFilter", {
    description: "Which resources to list; all conditions must hold.",
    fields: (t) => ({
      kinds: t.field({ type: [ResourceKindEnum], description: "Of one of these kinds." }),
      costs: t.field({ type: [CostEnum], description: "Of one of these costs." }),
      language: t.string({
        description: "In this language: a BCP 47 tag. `en` includes `en-GB`; letter case does not count.",
      }),
      text: t.string({
        description: "Occurs in the slug, the name, the summary or the provider, ignoring letter case.",
      }),
      author: t.string({ description: "Written by an author of exactly this name." }),
      teaches: t.string({ description: "Teaches the skill of this slug." }),
      isGeneric: t.boolean({
        description:
          "True: only rows that stand for a whole sort of resources, such as books. False: only single ones.",
      }),
      ...supportFields(t),
    }),
  }),
  order: orderInput("Resource", {
    ...BY_NAME,
    HOURS: { description: "By hours. Unknown hours count as the most." },
    COST: { description: "By what they cost: free, freemium, paid. An unknown cost counts as the most." },
  }),
  pages: ({ loaders }) => loaders.pages.resources,
  find: async (slug, context) =>
    (await context.loaders.resourcesBySlug.load(slug)) ?? notFound(context, "RESOURCE", slug),
  toNode: (row, { loaders }) => {
    loaders.resources.prime(row.id, row);
    return row;
  },
});

export const ResourcePreferencesInput = builder.inputType("ResourcePreferencesInput", {
  description: "Which resources a learner wants; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [ResourceKindEnum], description: "Of one of these kinds. Absent: of any." }),
    maxCost: t.field({
      type: CostEnum,
      description:
        "Costs no more than this. Absent: any cost. A resource whose cost nobody stated counts as paid.",
    }),
    languages: t.stringList({
      description: `In one of these languages, as BCP 47 tags, at most ${MAX_LANGUAGES}. Absent: in any. \`en\` includes \`en-GB\`. A resource whose language nobody stated passes.`,
    }),
    atMost: t.int({
      description: `At most this many for the whole path, from 1 to ${MAX_PATH_RESOURCES}. Absent: as many as it takes.`,
    }),
  }),
});

/** A BCP 47 tag in form: letters and digits, joined by hyphens. */
const LANGUAGE_TAG = /^[a-z]{1,8}(-[a-z0-9]{1,8}){0,8}$/i;

/** Checks preferences. Throws ValidationError. */
export function parsePreferences(
  { kinds, maxCost, languages, atMost }: typeof ResourcePreferencesInput.$inferInput,
  argument: string,
): ResourcePreferences<ResourceKind> {
  if (kinds?.length === 0) throw fault(`${argument}.kinds`, "at least one kind, or absent", "an empty list");
  if (languages != null) {
    checkCount(`${argument}.languages`, languages, MAX_LANGUAGES, 1);
    const wrong = languages.find((tag) => !LANGUAGE_TAG.test(tag));
    if (wrong !== undefined) throw fault(`${argument}.languages`, "BCP 47 tags, such as en or pt-BR", wrong);
  }
  if (atMost != null) checkRange(`${argument}.atMost`, atMost, 1, MAX_PATH_RESOURCES);
  return {
    ...(kinds != null && { kinds }),
    ...(maxCost != null && { maxCost }),
    ...(languages != null && { languages }),
    ...(atMost != null && { atMost }),
  };
}
