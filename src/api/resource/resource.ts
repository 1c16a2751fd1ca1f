import type { Cost, ResourceKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { nameOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { skillsOfIds } from "../core/entity.ts";
import { orNotFound } from "../core/errors.ts";
import { encodeGlobalId, Node } from "../core/node.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { addClaims } from "../provenance/claim.ts";
import { supportFields } from "../provenance/support-filter.ts";
import { Skill } from "../skill/skill.ts";
import { Teaching } from "../skill/teaching.ts";

export const ResourceKindEnum = builder.enumType("ResourceKind", {
  description: "What sort of thing a resource is.",
  values: {
    BOOK: { description: "A book." },
    COURSE: { description: "A single course." },
    COURSE_PLATFORM: { description: "A site that offers many courses." },
    BOOTCAMP: { description: "An immersive training programme." },
    TUTORIAL_SITE: { description: "A site of tutorials." },
    DOCUMENTATION: { description: "The official documentation of a product." },
    COMMUNITY: { description: "A forum or another place to meet and ask other developers." },
    PRACTICE_PLATFORM: { description: "A site of exercises and coding challenges." },
    INTERVIEW_PLATFORM: { description: "A site for practising interviews." },
    JOB_BOARD: { description: "A site that lists open positions." },
    CERTIFICATION: { description: "A certificate that an organisation issues." },
    DEGREE: { description: "A degree of a university." },
    CONFERENCE: { description: "A conference." },
    NEWSLETTER: { description: "A newsletter, blog or news site." },
    HOSTING: { description: "A place to host code, an application or a site." },
    CAREER_PLATFORM: { description: "A site or service that helps with a career." },
    ORGANISATION: { description: "An organisation that issues certificates or offers learning." },
  } satisfies Record<ResourceKind, object>,
});

export const CostEnum = builder.enumType("Cost", {
  description: "What a resource costs its reader.",
  values: {
    FREE: { description: "Nothing." },
    FREEMIUM: { description: "Free in part." },
    PAID: { description: "Money." },
  } satisfies Record<Cost, object>,
});

export const Resource = builder.prismaObject("Resource", {
  interfaces: () => [Node, Cited],
  fields: (t) => ({
    slug: t.exposeString("slug"),
    name: t.exposeString("name"),
    kind: t.expose("kind", { type: ResourceKindEnum }),
    url: t.exposeString("url", { nullable: true }),
    authors: t.exposeStringList("authors"),
    provider: t.exposeString("provider", { nullable: true }),
    cost: t.expose("cost", { type: CostEnum, nullable: true }),
    hours: t.exposeFloat("hours", { nullable: true }),
    language: t.exposeString("language", { nullable: true }),
    summary: t.exposeString("summary"),
  }),
});

builder.objectFields(Resource, (t) => ({
  id: t.id({
    description: "The id for `node`.",
    resolve: ({ slug }) => encodeGlobalId("Resource", slug),
  }),
  teaches: t.field({
    type: [Teaching],
    description: "What it teaches, with who says so.",
    resolve: ({ id }, _args, { loaders }) => loaders.teachesByResource.load(id),
  }),
  skills: t.field({
    type: [Skill],
    description: "The skills it teaches.",
    resolve: async ({ id }, _args, { snapshot, loaders }) =>
      skillsOfIds(
        snapshot,
        (await loaders.teachesByResource.load(id)).map(({ skillId }) => skillId),
      ),
  }),
}));

const subjectOf = ({ id }: { id: number }) => ({ kind: "RESOURCE" as const, id });
addCitations(Resource, subjectOf);
addClaims(Resource, subjectOf);

const ResourceFilter = builder.inputType("ResourceFilter", {
  description: "Which resources to list; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [ResourceKindEnum], description: "Of one of these kinds." }),
    costs: t.field({ type: [CostEnum], description: "At one of these costs." }),
    language: t.string({ description: "In this language: a BCP 47 tag, such as en." }),
    text: t.string({
      description: "Occurs in the slug, the name, the summary or the provider, letter case aside.",
    }),
    author: t.string({ description: "Written by somebody of exactly this name." }),
    teaches: t.string({ description: "Teaches the skill of this slug." }),
    ...supportFields(t),
  }),
});

const ResourceOrder = nameOrderInput("Resource", "resources");

builder.queryFields((t) => ({
  resource: t.field({
    type: Resource,
    nullable: true,
    description: "The resource of a slug. Null, with a NOT_FOUND error, when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the resource." }) },
    resolve: async (_root, { slug }, { loaders }) =>
      orNotFound(await loaders.resourcesBySlug.load(slug), "RESOURCE", slug),
  }),
  resources: t.connection(
    {
      type: Resource,
      nullable: true,
      description: "The resources, page by page.",
      args: {
        filter: t.arg({ type: ResourceFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: ResourceOrder, description: "In which order; absent: by name." }),
      },
      resolve: (_root, args, { loaders }) => {
        return resolvePage(loaders.pages.resources, "NAME", args, parseFilter(args.filter), (row) => {
          loaders.resources.prime(row.id, row);
          return row;
        });
      },
    },
    { name: "ResourceConnection", description: "A page of resources." },
    { name: "ResourceEdge" },
  ),
}));
