import type { CitationFile } from "./graph-file-parts.ts";
import type { Path } from "./place.ts";
import type { ListName, RowOf } from "./read-rows.ts";
import { type GroupFile, nodeOf, type RequirementFile } from "./requirement-file.ts";

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
  readonly skill: string | undefined;
  readonly group: GroupFile | undefined;
  readonly path: Path;
  /** That of the root is 1. */
  readonly depth: number;
  /** Whether every group above needs all its members. */
  readonly isForced: boolean;
}

type Written = string | { readonly skill?: unknown; readonly topic?: unknown };
type Getters = { readonly [List in ListName]: (row: RowOf<List>) => Iterable<RowReference> };

/** All slugs that a row names, except in citations, in the order of the keys in the schema. */
export function referencesOf<List extends ListName>(list: List, row: RowOf<List>): Iterable<RowReference> {
  const getters: Getters = GETTERS;
  return getters[list](row);
}

const GETTERS: Getters = {
  documents: () => [],
  *skills(row) {
    yield* leaves(requirementsOf("skills", row));
    yield* listed("skills", row.partOf, ["partOf"], "topic");
    for (const [i, { kind, skill }] of (row.relations ?? []).entries())
      yield { target: "skills", slug: skill, path: ["relations", i], once: `the relations ${kind}` };
  },
  *resources(row) {
    yield* listed("skills", row.teaches, ["teaches"], "skill");
  },
  *projects(row) {
    yield* leaves(requirementsOf("projects", row));
    yield* listed("skills", row.practises, ["practises"], "skill");
  },
  *roles(row) {
    yield* leaves(requirementsOf("roles", row));
    yield* listed("skills", row.optional, ["optional"], "skill");
    for (const [i, { skills }] of (row.responsibilities ?? []).entries())
      yield* listed("skills", skills, ["responsibilities", i, "skills"], "skill");
  },
  *roadmaps(row) {
    yield* leaves(requirementsOf("roadmaps", row));
    for (const [i, { resources, projects }] of row.steps.entries()) {
      yield* listed("resources", resources, ["steps", i, "resources"], "skill");
      yield* listed("projects", projects, ["steps", i, "projects"], "skill");
    }
  },
};

/** The requirements of a row, in order. */
export function requirementsOf<List extends ListName>(list: List, row: RowOf<List>): PlacedRequirement[] {
  const getters: { readonly [Name in ListName]?: (row: RowOf<Name>) => PlacedRequirement[] } = REQUIREMENTS;
  return getters[list]?.(row) ?? [];
}

const own = (row: { requires?: RequirementFile }): PlacedRequirement[] =>
  row.requires === undefined ? [] : [{ requirement: row.requires, path: ["requires"] }];

const REQUIREMENTS: { readonly [List in ListName]?: (row: RowOf<List>) => PlacedRequirement[] } = {
  skills: own,
  projects: own,
  roles: own,
  roadmaps: (row) =>
    row.steps.flatMap(({ requires }, i) =>
      requires === undefined ? [] : [{ requirement: requires, path: ["steps", i, "requires"] }],
    ),
};

/** All nodes of a requirement in depth-first order. Iterative; O(nodes × depth), because of the paths. */
export function* nodesIn({ requirement, path }: PlacedRequirement): Generator<PlacedNode> {
  const stack = [placed(requirement, path, 1, true)];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    yield top;
    if (top.group === undefined) continue;
    const { key, members, atLeast } = top.group;
    const isForced = top.isForced && atLeast >= members.length;
    for (let i = members.length - 1; i >= 0; i--)
      stack.push(placed(members[i]!, [...top.path, key, i], top.depth + 1, isForced));
  }
}

function placed(written: RequirementFile, path: Path, depth: number, isForced: boolean): PlacedNode {
  const node = nodeOf(written);
  return "skill" in node
    ? { skill: node.skill, group: undefined, path, depth, isForced }
    : { skill: undefined, group: node, path, depth, isForced };
}

/** Where requirements first name a skill; undefined when they do not. O(nodes × depth). */
export function pathOfSkill(requirements: readonly PlacedRequirement[], slug: string): Path | undefined {
  for (const requirement of requirements)
    for (const { skill, path } of nodesIn(requirement)) if (skill === slug) return path;
  return undefined;
}

function* leaves(requirements: readonly PlacedRequirement[]): Generator<RowReference> {
  for (const requirement of requirements)
    for (const { skill, path } of nodesIn(requirement))
      if (skill !== undefined) yield { target: "skills", slug: skill, path };
}

function* listed(
  target: ListName,
  list: readonly Written[] | undefined,
  path: Path,
  key: "skill" | "topic",
): Generator<RowReference> {
  for (const [i, written] of (list ?? []).entries()) {
    const slug = typeof written === "string" ? written : written[key];
    if (typeof slug === "string") yield { target, slug, path: [...path, i], once: path.join(".") };
  }
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
