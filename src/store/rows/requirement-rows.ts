import { isGroup, type Requirement } from "../../graph/model/requirement.ts";
import type { RequirementNodeRow } from "./graph-rows.ts";

/**
 * Edits of requirements as rows. They mean what the functions of the same names in `graph/model/requirement.ts` mean, and
 * what is left of a requirement keeps its reasons and citations. Linear in the size of the requirement.
 */

/** A requirement with all that its rows say. */
interface Tree {
  readonly node: Omit<RequirementNodeRow, "parentOrdinal">;
  readonly of: readonly Tree[];
}

/**
 * The rows of a requirement that nobody has given reasons for. A skill that the requirement before it names as well keeps
 * what was said of it there.
 */
export function requirementRows(
  requirement: Requirement<string> | undefined,
  before: readonly RequirementNodeRow[] = [],
): RequirementNodeRow[] {
  const said = new Map(before.toReversed().map((node) => [node.needs, node]));
  return flat(requirement && treeFrom(requirement)).map((node) => {
    const { reason, citations } = (node.needs !== null && said.get(node.needs)) || node;
    return { ...node, reason, citations };
  });
}

/**
 * Both requirements. A list of which all is needed takes the second one up, unless it is cited or has a reason, which
 * would then be said of the second as well; a skill that it names already is not named again.
 */
export function bothRows(
  rows: readonly RequirementNodeRow[],
  second: Requirement<string>,
): RequirementNodeRow[] {
  const first = treeOf(rows);
  const added = treeFrom(second);
  if (first === undefined) return flat(added);
  const { node, of } = first;
  const isPlainList = node.atLeast === of.length && of.length > 0 && isUnsaid(first);
  const all = isPlainList ? of : [first];
  const isNamed = all.some((member) => member.node.needs !== null && member.node.needs === added.node.needs);
  return isNamed ? [...rows] : flat(group(all.length + 1, [...all, added]));
}

/**
 * What two requirements ask for together, with what is said in both: lists of which all is needed become one, in which
 * each member stands once.
 */
export function mergedRows(
  first: readonly RequirementNodeRow[],
  second: readonly RequirementNodeRow[],
): RequirementNodeRow[] {
  const members = [first, second].flatMap((rows) => {
    const tree = treeOf(rows);
    if (tree === undefined) return [];
    return tree.node.atLeast === tree.of.length && isUnsaid(tree) ? tree.of : [tree];
  });
  const all = onceEach(members, (tree) =>
    JSON.stringify(flat(tree).map(({ atLeast, needs, parentOrdinal }) => [atLeast, needs, parentOrdinal])),
  );
  return flat(all.length > 1 ? group(all.length, all) : all[0]);
}

/**
 * A requirement in which no list names a skill twice: once, with what is said of both. A list needs no more members than it
 * is left with.
 */
export function withoutRepeats(rows: readonly RequirementNodeRow[], skill: string): RequirementNodeRow[] {
  const mend = ({ node, of }: Tree): Tree => {
    if (node.needs !== null) return { node, of };
    const rest = onceEach(of.map(mend), (member) => (member.node.needs === skill ? skill : undefined));
    return { node: { ...node, atLeast: Math.min(node.atLeast ?? 0, rest.length) }, of: rest };
  };
  const tree = treeOf(rows);
  return flat(tree && mend(tree));
}

/** The first tree of each key, with what is said of the others as well; all of those without a key. */
function onceEach(trees: readonly Tree[], keyOf: (tree: Tree) => string | undefined): Tree[] {
  const all = new Map<unknown, Tree>();
  for (const tree of trees) {
    const key = keyOf(tree) ?? tree;
    const first = all.get(key);
    const node = first && {
      ...first.node,
      reason: first.node.reason ?? tree.node.reason,
      citations: [...first.node.citations, ...tree.node.citations],
    };
    all.set(key, first && node ? { node, of: first.of } : tree);
  }
  return [...all.values()];
}

/** A requirement that no longer names some skills; see `withoutSkills`. */
export function rowsWithoutSkills(
  rows: readonly RequirementNodeRow[],
  skills: ReadonlySet<string>,
): RequirementNodeRow[] {
  return withLeaves(rows, (slug) => (skills.has(slug) ? undefined : slug));
}

/** A requirement whose leaves name other skills; those that are led nowhere go. */
export function withLeaves(
  rows: readonly RequirementNodeRow[],
  lead: (slug: string) => string | undefined,
): RequirementNodeRow[] {
  const tree = treeOf(rows);
  return flat(tree && led(tree, lead));
}

/** How many levels a requirement has. */
export function depthOf(rows: readonly RequirementNodeRow[]): number {
  const depths: number[] = [];
  for (const { parentOrdinal } of rows) depths.push(parentOrdinal === null ? 1 : depths[parentOrdinal]! + 1);
  return depths.reduce((most, depth) => Math.max(most, depth), 0);
}

/** A skill that a list names twice although its members are counted: it would count twice. */
export function countedTwice(rows: readonly RequirementNodeRow[]): string | undefined {
  const groups = rows.map((): string[] => []);
  for (const { parentOrdinal, needs } of rows)
    if (parentOrdinal !== null && needs !== null) groups[parentOrdinal]!.push(needs);
  const members = rows.map(() => 0);
  for (const { parentOrdinal } of rows) if (parentOrdinal !== null) members[parentOrdinal]! += 1;
  return rows.flatMap(({ atLeast }, ordinal) => {
    if (atLeast === null || atLeast < 2 || atLeast === members[ordinal]) return [];
    const named = groups[ordinal]!;
    return named.filter((slug, at) => named.indexOf(slug) !== at);
  })[0];
}

function led({ node, of }: Tree, lead: (slug: string) => string | undefined): Tree | undefined {
  if (node.needs !== null) {
    const needs = lead(node.needs);
    return needs === undefined ? undefined : { node: { ...node, needs }, of };
  }
  const rest = of.flatMap((member) => led(member, lead) ?? []);
  if (rest.length === 0) return undefined;
  return { node: { ...node, atLeast: Math.min(node.atLeast ?? 0, rest.length) }, of: rest };
}

function isUnsaid({ node: { reason, citations } }: Tree): boolean {
  return reason === null && citations.length === 0;
}

function group(atLeast: number, of: readonly Tree[]): Tree {
  return { node: { atLeast, needs: null, reason: null, citations: [] }, of };
}

function treeFrom(requirement: Requirement<string>): Tree {
  if (isGroup(requirement)) return group(requirement.atLeast, requirement.of.map(treeFrom));
  return { node: { atLeast: null, needs: requirement.skill, reason: null, citations: [] }, of: [] };
}

/** The tree of rows in depth-first order. */
function treeOf(rows: readonly RequirementNodeRow[]): Tree | undefined {
  const trees = rows.map(({ parentOrdinal: _, ...node }) => ({ node, of: [] as Tree[] }));
  for (const [ordinal, { parentOrdinal }] of rows.entries())
    if (parentOrdinal !== null) trees[parentOrdinal]!.of.push(trees[ordinal]!);
  return trees[0];
}

function flat(tree: Tree | undefined): RequirementNodeRow[] {
  const rows: RequirementNodeRow[] = [];
  const add = ({ node, of }: Tree, parentOrdinal: number | null) => {
    const ordinal = rows.length;
    rows.push({ ...node, parentOrdinal });
    for (const member of of) add(member, ordinal);
  };
  if (tree !== undefined) add(tree, null);
  return rows;
}
