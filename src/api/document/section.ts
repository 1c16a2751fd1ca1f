import type { Section } from "../../store/generated/client/client.ts";

/** The section that a line stands in; sections come in the order of lines. */
export function sectionAt(sections: readonly Section[], line: number): Section | undefined {
  return sections.findLast((section) => section.line <= line);
}

/** The last line of a section: before the next heading, or the end of the document where that is known. */
export function lastLineOf(
  section: Section,
  sections: readonly Section[],
  documentLines: number | null | undefined,
): number | undefined {
  const next = sections.find(({ line }) => line > section.line);
  return next === undefined ? (documentLines ?? undefined) : next.line - 1;
}
