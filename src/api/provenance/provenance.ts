import type { ObjectRef } from "@pothos/core";
import { type Subject, strongestBasis } from "../../loaders/citations.ts";
import type { Basis, Citation as CitationRow } from "../../store/generated/client/client.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import { orStale } from "../core/entity.ts";
import { rowId } from "../core/handle.ts";
import { Project, ProjectStep } from "../project/project.ts";
import { Resource } from "../resource/resource.ts";
import { Roadmap, RoadmapStep } from "../roadmap/roadmap.ts";
import { MarketFact, Responsibility, Role } from "../role/role.ts";
import { Skill } from "../skill/skill.ts";
import { BasisEnum, Citation, ownerSubject, rowSubject } from "./citation.ts";

/**
 * How a document can give the value of a field:
 * - `ROW`: with the row itself, so the row's citations stand for it (its name, the amount of a salary);
 * - `WORDS`: literally, so a citation stands for it whose mention contains it (an author, an alias);
 * - `CLAIM`: only by a claim of the same value, which citations support. Without one it is the editors' own.
 */
type Source = "ROW" | "WORDS" | "CLAIM";

export interface FieldValue {
  readonly field: string;
  /** Absent, an empty text and an empty list say nothing that could have a source. */
  readonly value: unknown;
  readonly source: Source;
}

interface CitedClaim {
  readonly field: string;
  readonly value: string;
  readonly citations: readonly CitationRow[];
}

interface FieldProvenance {
  readonly field: string;
  readonly basis: Basis;
  readonly citations: readonly CitationRow[];
}

/**
 * Who says what each field is: one entry for each field that has a value, in their order. Ignoring letter case, a
 * claim stands for the value that it names, and `WORDS` of several texts need each of them in a mention.
 * O(fields × (citations + claims)).
 */
export function provenance(
  fields: readonly FieldValue[],
  rowCitations: readonly CitationRow[],
  claims: readonly CitedClaim[],
): FieldProvenance[] {
  return fields.flatMap(({ field, value, source }) => {
    const texts = textsOf(value);
    if (texts.length === 0) return [];
    const claimed = claims
      .filter((claim) => claim.field === field && texts.includes(claim.value.toLowerCase()))
      .flatMap(({ citations }) => citations);
    const given = source === "ROW" ? rowCitations : source === "WORDS" ? mentioning(rowCitations, texts) : [];
    const citations = [...new Set([...claimed, ...given])];
    return [{ field, basis: strongestBasis(citations.map(({ basis }) => basis)), citations }];
  });
}

function textsOf(value: unknown): string[] {
  if (value == null || value === "") return [];
  return [value].flat().map((text) => String(text).toLowerCase());
}

function mentioning(citations: readonly CitationRow[], texts: readonly string[]): CitationRow[] {
  const mentions = (citation: CitationRow, text: string) => citation.mention.toLowerCase().includes(text);
  if (!texts.every((text) => citations.some((citation) => mentions(citation, text)))) return [];
  return citations.filter((citation) => texts.some((text) => mentions(citation, text)));
}

type OfSubject = FieldProvenance & { readonly subject: Subject };

const FieldProvenanceType = builder.objectRef<OfSubject>("FieldProvenance").implement({
  description: "Who says what one field of a row is.",
  fields: (t) => ({
    field: t.exposeString("field", { description: "The name of the field." }),
    basis: t.expose("basis", {
      type: BasisEnum,
      description: "`EDITORIAL`: the value is the editors' own. Otherwise how firmly documents give it.",
    }),
    citations: t.field({
      type: [Citation],
      description: "Where documents give the value; empty when it is the editors' own.",
      resolve: ({ citations }) => [...citations],
    }),
  }),
});
addCacheId(FieldProvenanceType, ({ subject, field }) => [subject.kind, subject.id, field]);

function valuesOf(row: object, sources: Readonly<Record<string, Source | undefined>>): FieldValue[] {
  const columns = new Map<string, unknown>(Object.entries(row));
  return Object.entries(sources).flatMap(([field, source]) =>
    source === undefined ? [] : [{ field, value: columns.get(field), source }],
  );
}

/**
 * Gives a type the field `provenance`. `subjectOf` says which row it is about, `rowOf` loads it, and `sources` names
 * those of its fields that have a value of their own, in the order of the answer.
 */
function addProvenance<Shape, Row extends object>(
  type: ObjectRef<SchemaTypes, Shape>,
  subjectOf: (parent: Shape, context: Context) => Subject,
  rowOf: (parent: Shape, context: Context) => Row | Promise<Row | undefined>,
  sources: { readonly [Field in keyof Row & string]?: Source },
): void {
  builder.objectField(type, "provenance", (t) =>
    t.field({
      type: [FieldProvenanceType],
      description:
        "Which of its values documents give, and which are the editors' own: an entry for each field that has a value. Summaries, hours, levels, links and prices are `EDITORIAL` unless a document claims the same.",
      resolve: async (parent, _args, context) => {
        const { loaders } = context;
        const subject = subjectOf(parent as Shape, context);
        const [loaded, citations, claims] = await Promise.all([
          rowOf(parent as Shape, context),
          loaders.citations.load(subject),
          loaders.claims.load(subject),
        ]);
        const row = orStale(loaded, "A row");
        const cited = claims.map(async ({ id, field, value }) => ({
          field,
          value,
          citations: await loaders.citations.load({ kind: "CLAIM", id }),
        }));
        const found = provenance(valuesOf(row, sources), citations, await Promise.all(cited));
        return found.map((one) => ({ ...one, subject }));
      },
    }),
  );
}

addProvenance(
  Skill,
  ownerSubject,
  async (skill, { snapshot, loaders }) => {
    const id = rowId(snapshot, skill);
    const [row, aliases] = await Promise.all([loaders.skills.load(id), loaders.skillAliases.load(id)]);
    return row && { ...row, aliases: aliases.map(({ alias }) => alias) };
  },
  { name: "ROW", aliases: "WORDS", kind: "CLAIM", level: "CLAIM", hours: "CLAIM", summary: "CLAIM" },
);
addProvenance(
  Project,
  ownerSubject,
  (project, { snapshot, loaders }) => loaders.projects.load(rowId(snapshot, project)),
  { name: "ROW", kind: "CLAIM", difficulty: "CLAIM", hours: "CLAIM", brief: "CLAIM" },
);
addProvenance(
  Role,
  ownerSubject,
  (role, { snapshot, loaders }) => loaders.roles.load(rowId(snapshot, role)),
  { name: "ROW", aliases: "WORDS", summary: "CLAIM" },
);
addProvenance(
  Roadmap,
  ownerSubject,
  (roadmap, { snapshot, loaders }) => loaders.roadmaps.load(rowId(snapshot, roadmap)),
  { name: "ROW", ordered: "ROW", summary: "CLAIM" },
);

const itself = <Row>(row: Row): Row => row;

addProvenance(Resource, rowSubject("RESOURCE"), itself, {
  name: "ROW",
  authors: "WORDS",
  provider: "WORDS",
  kind: "CLAIM",
  url: "CLAIM",
  cost: "CLAIM",
  hours: "CLAIM",
  language: "CLAIM",
  summary: "CLAIM",
});
addProvenance(MarketFact, rowSubject("MARKET_FACT"), itself, {
  kind: "ROW",
  amount: "ROW",
  amountMax: "ROW",
  currency: "ROW",
  period: "ROW",
  region: "ROW",
  seniority: "ROW",
  source: "ROW",
  year: "ROW",
  summary: "CLAIM",
});
addProvenance(Responsibility, rowSubject("RESPONSIBILITY"), itself, { name: "ROW", summary: "CLAIM" });

const STEP = { position: "ROW", name: "ROW", summary: "CLAIM" } as const;
addProvenance(ProjectStep, rowSubject("PROJECT_STEP"), itself, STEP);
addProvenance(RoadmapStep, rowSubject("ROADMAP_STEP"), itself, STEP);
