import { closestWord } from "../words/closest-words.ts";
import { type ExportPart, ExportPartError, PART_DIRECTIONS } from "./export-part.ts";
import { PROJECTIONS, type Projection } from "./exported-graph.ts";

/** What a link asks for beside the format. */
export interface ExportLink extends ExportPart {
  readonly projection: Projection;
}

const PARAMETERS = ["roots", "depth", "direction", "projection"];

/**
 * Reads the query of a link to an export. Lists may also repeat their name. Parameters of others are passed over, but not
 * those that look like a misspelt one of ours. Throws `ExportPartError`.
 */
export function readExportLink(query: URLSearchParams): ExportLink {
  for (const name of query.keys()) {
    const meant = PARAMETERS.includes(name) ? undefined : closestWord(name, PARAMETERS);
    if (meant !== undefined) throw new ExportPartError(`Expected the parameter ${meant}, got "${name}".`);
  }
  const roots = query.getAll("roots").flatMap((text) => text.split(",").flatMap((root) => root.trim() || []));
  const depth = query.get("depth") || undefined;
  if (depth !== undefined && !/^\d{1,6}$/.test(depth))
    throw new ExportPartError(`Expected a whole number in depth, got "${depth}".`);
  if (depth !== undefined && roots.length === 0)
    throw new ExportPartError("Expected roots with depth, such as roots=role:backend-developer, got none.");
  return {
    roots,
    depth: depth === undefined ? undefined : Number(depth),
    direction: oneOf("direction", PART_DIRECTIONS, query.get("direction")),
    projection: oneOf("projection", PROJECTIONS, query.get("projection")),
  };
}

/** One of some words, by default the first. */
function oneOf<Word extends string>(name: string, words: readonly Word[], given: string | null): Word {
  const found = given ? words.find((word) => word === given.toLowerCase()) : words[0];
  if (found === undefined)
    throw new ExportPartError(`Expected ${name} to be ${words.join(" or ")}, got "${given}".`);
  return found;
}
