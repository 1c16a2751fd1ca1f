/**
 * The order in which a reader looks names up, whatever the case of their letters: edX between Docker and Flask. English
 * leaves the root collation of Unicode as it is, which the databases order names by (`und-x-icu`).
 */
const collator = new Intl.Collator("en");

/** Compares two names in reading order, those that it takes for equal by their code points, as the databases do. */
export function inReadingOrder(a: string, b: string): number {
  return collator.compare(a, b) || Buffer.compare(Buffer.from(a), Buffer.from(b));
}
