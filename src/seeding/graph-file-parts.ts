import { z } from "zod";
import { Level, TimeUnit } from "../store/generated/client/enums.ts";

/** What the rows of a graph file are made of. */

/** Long enough for any name in the catalogues tried; short enough for a URL. */
export const MAX_SLUG_LENGTH = 80;
/** A name is a heading, not a text. */
const MAX_NAME_LENGTH = 300;
/** Summaries, notes and reasons: a paragraph. */
const MAX_TEXT_LENGTH = 4_000;
/** A citation points at words; it does not quote sentences. */
const MAX_MENTION_WORDS = 6;
/** No text has more lines; the database counts them in 32 bits. */
export const MAX_LINE = 10_000_000;
/** Hours of one row: hundredths of an hour stay exact in 32 bits. */
const MAX_HOURS = 100_000;

export const SLUG_EXPECTED = "expected lower-case letters and digits with single hyphens between";

export const slug = z
  .string()
  .max(MAX_SLUG_LENGTH)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, SLUG_EXPECTED)
  .describe("The name in links and inputs: lower-case letters and digits with single hyphens between.")
  .meta({ id: "slug" });
/** A character that can be seen: neither space, nor control, nor of no width, nor the blank of Braille or Hangul. */
const VISIBLE = /[^\s\p{C}\p{Default_Ignorable_Code_Point}\u2800]/u;
/** What ends a line, moves a terminal's cursor or turns the text around it: never part of a name, whoever shows it where. */
const NOT_OF_NAMES = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
export const name = z
  .string()
  .min(1)
  .max(MAX_NAME_LENGTH)
  .refine((value) => value === "" || VISIBLE.test(value), "expected a name that can be seen")
  .refine(
    (value) => !NOT_OF_NAMES.test(value),
    "expected one line, without control characters and direction overrides",
  )
  .describe("The name as people write it.");
export const text = z.string().max(MAX_TEXT_LENGTH);
/** Short texts that do not name the row: publishers, regions, values of claims. */
export const words = z.string().min(1).max(MAX_NAME_LENGTH);
export const line = z.int().min(1).max(MAX_LINE).describe("The line, counted from 1.");
export const amount = z.number().min(0);
export const hours = z
  .number()
  .min(0)
  .max(MAX_HOURS)
  .refine((value) => Math.abs(Math.round(value * 100) - value * 100) < 1e-6, "expected at most two decimals")
  .describe("An estimate in hours, at most two decimals.");
export const level = z.enum(Level).describe("How much experience is presumed.");
export const formerSlugs = z
  .array(slug)
  .optional()
  .describe("Slugs that it had before, or that rows merged into it had: they still find it.");
export const aliases = z.array(name).optional().describe("Other names that people look for it by.");
export const summary = text.optional().describe("What it is, in your own words: a sentence or two.");

export const citation = z
  .strictObject({
    document: z.string().describe("The id of the document: the number its file name begins with."),
    line,
    mention: words
      .refine(
        (value) => value.trim().split(/\s+/).length <= MAX_MENTION_WORDS,
        `expected at most ${MAX_MENTION_WORDS} words`,
      )
      .describe("Words that stand on that line, letter case aside; at most six."),
    basis: z
      .enum(["EXPLICIT", "IMPLIED", "ORDERING"])
      .default("EXPLICIT")
      .describe("Whether the document says it, implies it, or only presents one before the other."),
  })
  .describe("Where a document supports this.")
  .meta({ id: "citation" });
export type CitationFile = z.infer<typeof citation>;
export const cites = z
  .array(citation)
  .optional()
  .describe("Where documents support this; absent: editorial.");
export const reason = text.min(1);

/**
 * What error messages need to know about unions: of a union, how its forms are written; of a mapping that is one
 * of the forms, the keys that no other form has. In a registry of its own, because it is not to be published.
 */
export const unionForms = z.registry<{ readonly written?: string; readonly keys?: readonly string[] }>();

/** A mapping that is one form of a union, with a reason and citations of its own. */
export function form<Shape extends z.ZodRawShape>(shape: Shape) {
  return z
    .strictObject({
      ...shape,
      reason: reason.optional().describe("Why it is needed, in your own words."),
      cites,
    })
    .register(unionForms, { keys: Object.keys(shape) });
}

/** A reference to a skill by its slug, or the long form. */
export const skillReference = z
  .union([slug, form({ skill: slug })])
  .register(unionForms, { written: "a slug or {skill: …}" });
/** A reference to a project by its slug, or the long form. */
export const projectReference = z
  .union([slug, form({ project: slug })])
  .register(unionForms, { written: "a slug or {project: …}" });
export const topicReference = z
  .union([slug, form({ topic: slug })])
  .register(unionForms, { written: "a slug or {topic: …}" });

const claim = z
  .strictObject({
    field: words,
    value: words,
    amount: amount.optional().describe("The value as a number, or the least of a range."),
    amountMax: amount.optional().describe("The most of a range."),
    unit: z.enum(TimeUnit).optional().describe("The unit of time that the amounts are in."),
    cites,
  })
  .describe("What documents say a field of this row is. Differing claims on one field are a disagreement.")
  .meta({ id: "claim" });
export const claims = z.array(claim).optional().describe("What documents say fields of this row are.");
