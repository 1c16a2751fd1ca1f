import { z } from "zod";
import {
  Cost,
  MarketFactKind,
  NoteKind,
  ProjectKind,
  RelationKind,
  ResourceKind,
  RoleCoverage,
  Seniority,
  SkillKind,
} from "../store/generated/client/enums.ts";
import {
  aliases,
  amount,
  cites,
  claims,
  formerSlugs,
  hours,
  level,
  line,
  MAX_LINE,
  name,
  projectReference,
  reason,
  skillReference,
  slug,
  summary,
  text,
  topicReference,
  words,
} from "./graph-file-parts.ts";
import { requirement } from "./requirement-file.ts";

/**
 * The graph file: the one definition that files are checked with and `schema/graph.schema.json` is made from.
 * A file is YAML or JSON; every list may be absent. Editors show the descriptions to whoever writes a file.
 */

/** Addresses longer than this are cut by browsers and servers on their way. */
const MAX_URL_LENGTH = 2_000;
/** The longest tags in use have some thirty characters. */
const MAX_LANGUAGE_LENGTH = 35;

export const documentRow = z
  .strictObject({
    id: slug.describe("What the document's file name begins with, such as 003."),
    title: name,
    publisher: words.optional().describe("Who published it."),
    publishedOn: z.iso.date().optional().describe("When it was published, YYYY-MM-DD."),
    lines: z.int().min(1).max(MAX_LINE).optional().describe("How many lines the text has."),
    sections: z
      .array(z.strictObject({ line, title: name }))
      .optional()
      .describe("Its sections: the line of each heading."),
  })
  .describe("A text that rows cite.")
  .meta({ id: "document" });

export const skillRow = z
  .strictObject({
    slug,
    formerSlugs,
    name,
    aliases,
    kind: z.enum(SkillKind).default("CONCEPT").describe("What sort of thing it is."),
    level: level.optional(),
    summary,
    hours: hours.describe(
      "How many hours it takes once its requirement is met: an estimate, at most two decimals.",
    ),
    requires: requirement.optional(),
    needsNoFoundation: reason
      .optional()
      .describe("Why it stands on no programming language although its level presumes the basics."),
    partOf: z.array(topicReference).optional().describe("Wider skills or topics it is part of."),
    relations: z
      .array(
        z.strictObject({
          kind: z.enum(RelationKind),
          skill: slug,
          note: reason.optional().describe("What to know about it, in your own words."),
          cites,
        }),
      )
      .optional()
      .describe("How it relates to other skills, prerequisites aside."),
    notes: z
      .array(
        z.strictObject({
          kind: z.enum(NoteKind),
          text: text.describe("The note, in your own words."),
          cites,
        }),
      )
      .optional()
      .describe("Remarks on it."),
    claims,
    cites,
  })
  .describe("Something that can be learned.")
  .meta({ id: "skill" });

export const resourceRow = z
  .strictObject({
    slug,
    formerSlugs,
    name,
    kind: z.enum(ResourceKind).describe("What sort of thing it is."),
    url: z
      .url({ protocol: /^https?$/ })
      .max(MAX_URL_LENGTH)
      .optional()
      .describe("Where it is to be found: an http or https address."),
    authors: z.array(name).optional().describe("Who wrote it."),
    provider: words.optional().describe("Who offers or issues it."),
    cost: z.enum(Cost).optional().describe("What it costs; FREEMIUM is free in part."),
    hours: hours.optional().describe("How many hours it takes, at most two decimals."),
    language: z
      .string()
      .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/, "expected a BCP 47 tag, such as en or pt-BR")
      .max(MAX_LANGUAGE_LENGTH)
      .optional()
      .describe("A BCP 47 tag, such as en."),
    summary,
    isGeneric: z
      .boolean()
      .optional()
      .describe("Whether it stands for a whole sort of resources, such as books; false when absent."),
    teaches: z.array(skillReference).optional().describe("The skills it teaches."),
    claims,
    cites,
  })
  .describe("Something to learn from.")
  .meta({ id: "resource" });

export const projectRow = z
  .strictObject({
    slug,
    formerSlugs,
    name,
    kind: z.enum(ProjectKind).default("APPLICATION").describe("What sort of work it is."),
    brief: text.optional().describe("What is to be done, in your own words: a sentence or two."),
    difficulty: level.optional(),
    hours: hours.describe("How many hours it takes: an estimate, at most two decimals."),
    requires: requirement.optional(),
    practises: z.array(skillReference).optional().describe("The skills it practises."),
    steps: z.array(z.strictObject({ name, summary, cites })).optional().describe("What is done, in order."),
    claims,
    cites,
  })
  .describe("Something to build or do that practises skills.")
  .meta({ id: "project" });

export const roleRow = z
  .strictObject({
    slug,
    formerSlugs,
    name,
    aliases,
    summary,
    coverage: z
      .enum(RoleCoverage)
      .optional()
      .describe("Whether the graph holds all that its holders must know; COMPLETE when absent."),
    coverageReason: reason.optional().describe("Why it is covered no further, in your own words."),
    seniorities: z
      .array(z.enum(Seniority))
      .optional()
      .describe("The levels of seniority that are told apart in it."),
    requires: requirement.optional(),
    optional: z.array(skillReference).optional().describe("Skills that help and are not required."),
    projects: z
      .array(projectReference)
      .optional()
      .describe("The few projects that it asks for. A path to the role has those that it makes feasible."),
    responsibilities: z
      .array(z.strictObject({ name, summary, skills: z.array(slug).optional(), cites }))
      .optional()
      .describe("What its holders answer for."),
    market: z
      .array(
        z.strictObject({
          kind: z.enum(MarketFactKind),
          summary: text,
          amount: amount.optional().describe("The amount, or the least of a range."),
          amountMax: amount.optional().describe("The most of a range."),
          currency: z
            .string()
            .regex(/^[A-Z]{3}$/, "expected an ISO 4217 code, such as EUR")
            .optional()
            .describe("An ISO 4217 code, such as EUR."),
          period: z.enum(["HOUR", "DAY", "WEEK", "MONTH", "YEAR"]).optional(),
          region: words.optional(),
          seniority: words.optional(),
          source: words.optional().describe("Who is named as the source."),
          year: z.int().min(1900).max(2200).optional(),
          cites,
        }),
      )
      .optional()
      .describe("What it pays and how much it is in demand."),
    claims,
    cites,
  })
  .describe("A job that people hold.")
  .meta({ id: "role" });

export const roadmapRow = z
  .strictObject({
    slug,
    formerSlugs,
    name,
    summary,
    ordered: z.boolean().default(true).describe("Whether the steps are a sequence; a list otherwise."),
    steps: z
      .array(
        z.strictObject({
          name,
          summary,
          requires: requirement.optional().describe("The skills of the step."),
          resources: z.array(slug).optional(),
          projects: z.array(slug).optional(),
          cites,
        }),
      )
      .default([])
      .describe("The author's steps."),
    claims,
    cites,
  })
  .describe("An author's list of steps.")
  .meta({ id: "roadmap" });

/** The whole file; the title and the description reach editors. */
export const graphFile = z
  .strictObject({
    $schema: z.string().optional().describe("Where the schema of this file is, for editors."),
    documents: z.array(documentRow).optional(),
    skills: z.array(skillRow).optional(),
    resources: z.array(resourceRow).optional(),
    projects: z.array(projectRow).optional(),
    roles: z.array(roleRow).optional(),
    roadmaps: z.array(roadmapRow).optional(),
  })
  .meta({
    title: "Graph file",
    description: "Skills with their requirements, what teaches and practises them, and who says so.",
  });

export type GraphFile = z.infer<typeof graphFile>;

/**
 * The JSON Schema (draft 2020-12) of the graph file, as text: what editors check and complete with. Keys of entities
 * that may be absent may also be null, which clears what is stored.
 */
export function graphFileSchema(): string {
  const schema = z.toJSONSchema(graphFile, {
    target: "draft-2020-12",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      const { properties = {}, required = [] } = jsonSchema;
      if (!ENTITY_SCHEMAS.has(zodSchema)) return;
      for (const [key, property] of Object.entries(properties))
        if (typeof property === "object" && !required.includes(key))
          properties[key] = { anyOf: [property, { type: "null" }] };
    },
  });
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const ENTITY_SCHEMAS: ReadonlySet<z.core.$ZodType> = new Set([
  documentRow,
  skillRow,
  resourceRow,
  projectRow,
  roleRow,
  roadmapRow,
]);
