/** Under which nodes have names in linked data. It is never contacted, as RFC 6761 promises of `invalid`. */
const BASE = "https://skills-graph.invalid/";

/** The name of a node in linked data, such as `https://skills-graph.invalid/skill/python`. */
export function iriOf(kind: string, slug: string): string {
  return `${BASE}${kind}/${slug}`;
}
