import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";

/**
 * Small graphs for tests, written with slugs and drawn. Edges point prerequisite → dependent. In the drawings
 * `&` joins what is needed together, `|` alternatives, `2 of` at least two.
 */

/** A slug stands for the skill. */
export type Written = string | Requirement<string>;

export function allOf(...of: readonly Written[]): Requirement<string> {
  return atLeast(of.length, ...of);
}

export function anyOf(...of: readonly Written[]): Requirement<string> {
  return atLeast(1, ...of);
}

export function atLeast(needed: number, ...of: readonly Written[]): Requirement<string> {
  return { atLeast: needed, of: of.map(toRequirement) };
}

export interface WrittenGraph {
  readonly graph: PrerequisiteGraph;
  /** Skills in index order, then the other owners in the order written. */
  readonly slugs: readonly string[];
  /** The index of a skill or other owner; throws on a slug that the graph does not have. */
  index(slug: string): number;
  indices(...slugs: readonly string[]): number[];
  slugsOf(indices: Iterable<number>): string[];
}

export interface GraphExtras {
  /** Owners that are no skills: projects, roles. */
  readonly others?: Readonly<Record<string, Written | readonly Written[]>>;
  /** In hundredths of an hour; 100 where absent. */
  readonly costs?: Readonly<Record<string, number>>;
}

/**
 * `graphOf({a: [], b: "a", c: ["a", "b"], d: anyOf("b", "c")})`: an empty list is no requirement, a list is
 * all of, a slug is that skill alone. Skills are numbered in the order of their slugs, as everywhere.
 */
export function graphOf(
  skills: Readonly<Record<string, Written | readonly Written[]>>,
  extras: GraphExtras = {},
): WrittenGraph {
  const skillSlugs = Object.keys(skills).sort();
  const others = extras.others ?? {};
  const slugs = [...skillSlugs, ...Object.keys(others)];
  const bySlug = new Map(slugs.map((slug, index) => [slug, index]));
  const index = (slug: string): number => {
    const found = bySlug.get(slug);
    if (found === undefined) throw new Error(`expected a slug of the graph, got ${slug}`);
    return found;
  };
  const graph = buildPrerequisiteGraph(
    skillSlugs.length,
    slugs.map((slug) => ({
      cost: extras.costs?.[slug] ?? 100,
      requirement: resolve(skills[slug] ?? others[slug] ?? [], index),
    })),
  );
  return {
    graph,
    slugs,
    index,
    indices: (...wanted) => wanted.map(index),
    slugsOf: (indices) => Array.from(indices, (at) => slugs[at] ?? `no such owner: ${at}`),
  };
}

function toRequirement(written: Written): Requirement<string> {
  return typeof written === "string" ? { skill: written } : written;
}

function resolve(
  written: Written | readonly Written[],
  index: (slug: string) => number,
): Requirement<number> | undefined {
  if (isList(written)) return written.length === 0 ? undefined : number(allOf(...written), index);
  return number(toRequirement(written), index);
}

function isList(written: Written | readonly Written[]): written is readonly Written[] {
  return Array.isArray(written);
}

/** Recursive: requirements in tests are shallow. */
function number(requirement: Requirement<string>, index: (slug: string) => number): Requirement<number> {
  if (!isGroup(requirement)) return { skill: index(requirement.skill) };
  return { atLeast: requirement.atLeast, of: requirement.of.map((member) => number(member, index)) };
}

/** ```
 * a → b → c → d
 * ``` */
export const chain = () => graphOf({ a: [], b: "a", c: "b", d: "c" });

/** ```
 * a → b ↘
 *   ↘ c → d
 * ``` */
export const diamond = () => graphOf({ a: [], b: "a", c: "a", d: ["b", "c"] });

/** A diamond whose edge a → d says nothing new.
 * ```
 * a → b ↘
 * | ↘ c → d
 * +-------↗
 * ``` */
export const redundantDiamond = () => graphOf({ a: [], b: "a", c: "a", d: ["a", "b", "c"] });

/** Here a → d is one branch of an alternative: dropping it would make e necessary.
 * ```
 * a → b → c → e
 * +---------- | → d
 * ``` */
export const shortcut = () => graphOf({ a: [], b: "a", c: "b", d: anyOf("a", "e"), e: "c" });

/** A legal loop: either language opens the door to the other, and the base opens both.
 * ```
 * base → left | right
 *        left ↔ right,  goal = left & right
 * ``` */
export const legalLoop = () =>
  graphOf({ base: [], left: anyOf("base", "right"), right: anyOf("base", "left"), goal: ["left", "right"] });

/** Nobody can begin: a → b → c → a, and d waits for them. `free` is learnable all the same.
 * ```
 * a → b → c → d
 * ↑_______|     free
 * ``` */
export const illegalLoop = () => graphOf({ a: "c", b: "a", c: "b", d: ["c", "free"], free: [] });

/** Both branches of every alternative lead back: a = b | c, b = a, c = a.
 * ```
 * a ← b | c,  b ← a,  c ← a
 * ``` */
export const loopThroughEveryAlternative = () => graphOf({ a: anyOf("b", "c"), b: "a", c: "a" });

/** Two of three databases, one of them with a prerequisite of its own.
 * ```
 * sql → mysql, postgresql
 *       2 of (mongodb, mysql, postgresql) → data
 * ``` */
export const twoOfThree = () =>
  graphOf({
    data: atLeast(2, "mongodb", "mysql", "postgresql"),
    mongodb: [],
    mysql: "sql",
    postgresql: "sql",
    sql: [],
  });

/** The dear alternative is cheaper because it is shared: x | shared, y | shared, x and y cost 3, shared 5.
 * ```
 * x | shared → p
 * y | shared → q,  p & q → goal
 * ``` */
export const sharedAlternative = () =>
  graphOf(
    { goal: ["p", "q"], p: anyOf("x", "shared"), q: anyOf("y", "shared"), shared: [], x: [], y: [] },
    { costs: { x: 300, y: 300, shared: 500 } },
  );

/** Nested groups, a project and a role.
 * ```
 * django = python & http & (mysql | postgresql),  mysql, postgresql ← sql
 * blog (project) ← django & git,  backend (role) ← 2 of (django, git, http)
 * ``` */
export const django = () =>
  graphOf(
    {
      django: ["python", "http", anyOf("postgresql", "mysql")],
      git: [],
      http: [],
      mysql: "sql",
      postgresql: "sql",
      python: [],
      sql: [],
    },
    {
      others: { blog: ["django", "git"], backend: atLeast(2, "django", "git", "http") },
      costs: { django: 6000, git: 1000, http: 800, mysql: 2000, postgresql: 2500, python: 8000, sql: 1500 },
    },
  );
