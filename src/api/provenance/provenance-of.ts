import { strongestBasis } from "../../loaders/citations.ts";
import type { Basis, Citation } from "../../store/generated/client/client.ts";

/**
 * How a document can give the value of a field:
 * - `ROW`: with the row itself, so the row's citations stand for it (its name, the amount of a salary);
 * - `WORDS`: in so many words, so a citation stands for it whose mention has them (an author, an alias);
 * - `CLAIM`: only by a claim of the same value, which citations support. Without one it is the editors'.
 */
export type Source = "ROW" | "WORDS" | "CLAIM";

export interface FieldValue {
  readonly field: string;
  /** An empty value says nothing that could have a source. */
  readonly value: string | number | boolean | readonly string[] | null | undefined;
  readonly source: Source;
}

export interface CitedClaim {
  readonly field: string;
  readonly value: string;
  readonly citations: readonly Citation[];
}

export interface FieldProvenance {
  readonly field: string;
  readonly basis: Basis;
  readonly citations: readonly Citation[];
}

/**
 * Who says what each field is: one entry for each field that has a value, in their order. Letter case aside,
 * a claim stands for the value that it names, and `WORDS` of several texts need each of them in a mention.
 * O(fields × (citations + claims)).
 */
export function provenance(
  fields: readonly FieldValue[],
  rowCitations: readonly Citation[],
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

function textsOf(value: FieldValue["value"]): string[] {
  if (value == null || value === "") return [];
  const list = typeof value === "object" ? value : [String(value)];
  return list.map((text) => text.toLowerCase());
}

function mentioning(citations: readonly Citation[], texts: readonly string[]): Citation[] {
  const mentions = (citation: Citation, text: string) => citation.mention.toLowerCase().includes(text);
  if (!texts.every((text) => citations.some((citation) => mentions(citation, text)))) return [];
  return citations.filter((citation) => texts.some((text) => mentions(citation, text)));
}
