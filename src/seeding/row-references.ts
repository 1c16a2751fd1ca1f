import type { CitationFile } from "./graph-file-parts.ts";
import type { Path } from "./place.ts";
import type { ListName, RowOf } from "./read-rows.ts";
import { type GroupFile, nodeOf, type RequirementFile } from "./requirement-file.ts";
import { isMapping } from "./schema-faults.ts";

/** A slug by which a row names another row. */
export interface RowReference {
  /** The list the slug is looked up in. */
  readonly target: ListName;
  readonly slug: string;
  /** The place in the row that names it. */
  readonly path: Path;
  /** The part of the row that may name each slug only once; absent in requirements. */
  readonly once?: string;
}

/** A requirement of a row: its own, or that of one step of a roadmap. */
export interface PlacedRequirement {
  readonly requirement: RequirementFile;
  readonly path: Path;
}

/** A node of a requirement: a skill or a group. */
export interface PlacedNode {
  readonly written: RequirementFile;
  /** The number of the node above in depth-first order; null at the root. */
  readonly parentOrdinal: number | null;
  readonly skill: string | undefined;
  readonly group: GroupFile | undefined;
  readonly path: Path;
  /** That of the root is 1. */
  readonly depth: number;
  /** Whether every group above needs all its members. */
  readonly isForced: boolean;
}

/** All slugs that a row names, except in citations. */
export function* referencesOf(row: RowOf<ListName>): Generator<RowReference> {
  for (const requirement of requirementsOf(row))
    for (const { skill, path } of nodesIn(requirement))
      if (skill !== undefined) yield { target: "skills", slug: skill, path };
  yield* namedIn(row, []);
}

/** The keys of lists that name rows, with the list in which each looks them up. */
const NAMING: ReadonlyMap<string, ListName> = new Map([
  ["partOf", "skills"],
  ["relations", "skills"],
  ["teaches", "skills"],
  ["practises", "skills"],
  ["optional", "skills"],
  ["skills", "skills"],
  ["resources", "resources"],
  ["projects", "projects"],
]);

/** The slugs in lists of a row, at any depth. */
function* namedIn(row: object, above: Path): Generator<RowReference> {
  const members: [key: string, value: unknown][] = Object.entries(row);
  for (const [key, list] of members) {
    const target = NAMING.get(key);
    const items: readonly unknown[] = Array.isArray(list) ? list : [];
    for (const [i, item] of items.entries()) {
      const path = [...above, key, i];
      if (target === undefined) {
        if (isMapping(item)) yield* namedIn(item, path);
        continue;
      }
      const form = isMapping(item) ? item : { skill: item };
      const slug = form.skill ?? form.topic ?? form.project;
      const once = key === "relations" ? `the relations ${form.kind}` : [...above, key].join(".");
      if (typeof slug === "string") yield { target, slug, path, once };
    }
  }
}

/** The requirements of a row, in order. */
export function requirementsOf(row: RowOf<ListName>): PlacedRequirement[] {
  if ("ordered" in row)
    return row.steps.flatMap(({ requires }, i) =>
      requires === undefined ? [] : [{ requirement: requires, path: ["steps", i, "requires"] }],
    );
  return "requires" in row && row.requires !== undefined
    ? [{ requirement: row.requires, path: ["requires"] }]
    : [];
}

/** All nodes of a requirement in depth-first order. Iterative; O(nodes × depth), because of the paths. */
export function* nodesIn({ requirement, path }: PlacedRequirement): Generator<PlacedNode> {
  const stack = [placed(requirement, path, null, 1, true)];
  let ordinal = 0;
  for (let top = stack.pop(); top !== undefined; top = stack.pop(), ordinal++) {
    yield top;
    if (top.group === undefined) continue;
    const { key, members, atLeast } = top.group;
    const isForced = top.isForced && atLeast >= members.length;
    for (let i = members.length - 1; i >= 0; i--)
      stack.push(placed(members[i]!, [...top.path, key, i], ordinal, top.depth + 1, isForced));
  }
}

function placed(
  written: RequirementFile,
  path: Path,
  parentOrdinal: number | null,
  depth: number,
  isForced: boolean,
): PlacedNode {
  const node = nodeOf(written);
  const [skill, group] = "skill" in node ? [node.skill, undefined] : [undefined, node];
  return { written, parentOrdinal, skill, group, path, depth, isForced };
}

/** Where requirements first name a skill; undefined when they do not. O(nodes × depth). */
export function placedSkill(
  requirements: readonly PlacedRequirement[],
  slug: string,
): PlacedNode | undefined {
  for (const requirement of requirements)
    for (const node of nodesIn(requirement)) if (node.skill === slug) return node;
  return undefined;
}

/** All citations in a row, at any depth. Iterative; O(size of the row × depth), because of the paths. */
export function* citationsOf(
  row: object,
): Generator<{ readonly citation: CitationFile; readonly path: Path }> {
  const stack: { value: unknown; path: Path }[] = [{ value: row, path: [] }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { value, path } = top;
    if (typeof value !== "object" || value === null) continue;
    if (isCitation(value, path)) yield { citation: value, path };
    else
      for (const [key, inner] of Object.entries(value).reverse())
        if (typeof inner === "object")
          stack.push({ value: inner, path: [...path, Array.isArray(value) ? Number(key) : key] });
  }
}

/** The schema has checked that what stands in a list under `cites` is a citation. */
function isCitation(value: object, path: Path): value is CitationFile {
  return path.at(-2) === "cites" && typeof path.at(-1) === "number" && "document" in value;
}
