import type { ReadGraph } from "../seeding/read-graph-file.ts";
import type { RequirementFile } from "../seeding/requirement-file.ts";
import { SkillKind } from "../store/generated/client/enums.ts";
import { NODE_KINDS, type NodeKind } from "./exported-graph.ts";
import { SlugNames } from "./slug-names.ts";
import { given, type SourcePlace, SourceRows } from "./source-rows.ts";

/** A graph of nodes, edges and groups, as tables and graph formats write it: ours, or anybody's. All values are text. */
export interface ImportedGraph {
  readonly nodes: readonly ImportedRow[];
  readonly edges: readonly ImportedRow[];
  readonly groups: readonly ImportedRow[];
}

export interface ImportedRow extends SourcePlace {
  /** By the names of our columns; others are passed over. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** Where an edge of a kind belongs: which of its ends lists the other, and under which key. */
const LISTS: Readonly<Record<string, { readonly in: "source" | "target"; readonly key: string }>> = {
  OPTIONAL: { in: "target", key: "optional" },
  ASKED_FOR: { in: "target", key: "projects" },
  PART_OF: { in: "source", key: "partOf" },
  TEACHES: { in: "source", key: "teaches" },
  PRACTISES: { in: "source", key: "practises" },
};
const RELATIONS = new Set(["PREVENTS", "USED_WITH", "INSTANCE_OF", "PROVIDES", "CONTRASTS_WITH"]);

interface Member {
  readonly position: number;
  readonly requirement: () => RequirementFile | undefined;
}

/**
 * The rows of a graph file that nodes, edges and groups stand for. Edges without a kind are prerequisites, from
 * prerequisite to dependent, and all of them are needed, unless groups say otherwise. Nodes without a kind are skills,
 * and skills without hours get `hours`. A node that edges name and that is not there is a problem, and is made.
 *
 * O(nodes + edges + groups), and sorting.
 */
export function graphOfRows(graph: ImportedGraph, { hours }: { readonly hours: number }): ReadGraph {
  const rows = new SourceRows();
  const nodes = new Nodes(rows, graph);
  const members = new Map<string, Member[]>();
  const lists = new Map<string, Map<string, unknown[]>>();
  const groups = new Map(graph.groups.map((group) => [group.values.id ?? "", group]));
  const roots = new Map<string, Member[]>();
  const put = (parent: string | undefined, owner: string, member: Member) => {
    const [map, key] = parent && groups.has(parent) ? [members, parent] : [roots, owner];
    map.set(key, [...(map.get(key) ?? []), member]);
  };
  for (const { values } of graph.groups) {
    const id = values.id ?? "";
    const requirement = () => groupOf(members.get(id) ?? [], Number(values.at_least), Number(values.size));
    put(values.parent, values.owner ?? "", { position: numberOf(values.position), requirement });
  }
  for (const edge of graph.edges) {
    const { source = "", target = "", kind = "PREREQUISITE", group, position } = edge.values;
    const [from, to] = [nodes.slugOf(source, edge), nodes.slugOf(target, edge)];
    const list = LISTS[kind];
    if (kind === "PREREQUISITE")
      put(group, target, { position: numberOf(position), requirement: () => from });
    else if (list !== undefined || RELATIONS.has(kind)) {
      const holder = list?.in === "target" ? target : source;
      const other = list?.in === "target" ? from : to;
      const named = lists.get(holder) ?? new Map<string, unknown[]>();
      const key = list?.key ?? "relations";
      named.set(key, [...(named.get(key) ?? []), list === undefined ? { kind, skill: other } : other]);
      lists.set(holder, named);
    } else
      rows.problem(
        edge,
        "unknown-kind",
        `an edge of the kind "${kind}", which no graph file has: it is left out`,
      );
  }
  for (const [id, { kind, slug, place, values }] of nodes.all) {
    const requires = allOf(roots.get(id) ?? []);
    const own = Object.fromEntries(lists.get(id) ?? []);
    const named = { slug, name: values.name?.trim() || values.label?.trim() || id };
    const summary = given("summary", values.summary);
    const needs = given("requires", requires);
    const time = values.hours ? Number(values.hours) : undefined;
    if (kind === "skill")
      rows.add("skills", place, {
        ...named,
        ...given("kind", oneOf(Object.values(SkillKind), values.type)),
        ...given("level", values.level),
        ...summary,
        hours: time ?? hours,
        ...needs,
        ...own,
      });
    else if (kind === "project")
      rows.add("projects", place, {
        ...named,
        ...given("kind", values.type),
        ...given("difficulty", values.level),
        ...given("brief", values.summary),
        hours: time ?? hours,
        ...needs,
        ...own,
      });
    else if (kind === "role") rows.add("roles", place, { ...named, ...summary, ...needs, ...own });
    else if (kind === "resource")
      rows.add("resources", place, {
        ...named,
        kind: values.type ?? "COURSE",
        ...given("url", values.url),
        ...given("hours", time),
        ...summary,
        ...own,
      });
    else {
      const steps = requires === undefined ? [] : [{ name: named.name, ...needs }];
      rows.add("roadmaps", place, { ...named, ...summary, steps });
    }
  }
  return rows.read();
}

interface KnownNode {
  readonly kind: NodeKind;
  readonly slug: string;
  readonly place: SourcePlace;
  readonly values: ImportedRow["values"];
}

/** The nodes by their ids, with those that only edges name. */
class Nodes {
  readonly all = new Map<string, KnownNode>();
  readonly #rows: SourceRows;
  readonly #slugs = new Map<NodeKind, SlugNames>(NODE_KINDS.map((kind) => [kind, new SlugNames(kind)]));

  constructor(rows: SourceRows, { nodes }: ImportedGraph) {
    this.#rows = rows;
    for (const row of nodes) {
      const { id = "", kind, slug, name, label } = row.values;
      if (this.all.has(id)) {
        rows.problem(row, "duplicate-id", `the node "${id}" stands there already: this one is left out`);
        continue;
      }
      const known = oneOf(NODE_KINDS, kind) ?? "skill";
      this.all.set(id, {
        kind: known,
        slug: this.#slugOf(known, id, slug ?? name ?? label ?? id),
        place: row,
        values: row.values,
      });
    }
  }

  slugOf(id: string, place: SourcePlace): string {
    const known = this.all.get(id);
    if (known !== undefined) return known.slug;
    this.#rows.problem(
      place,
      "dangling-id",
      `an edge names the node "${id}", which is not there: it is made`,
    );
    const slug = this.#slugOf("skill", id, id);
    this.all.set(id, { kind: "skill", slug, place, values: {} });
    return slug;
  }

  #slugOf(kind: NodeKind, id: string, name: string): string {
    return this.#slugs.get(kind)!.give(id, name);
  }
}

const numberOf = (text: string | undefined) => (text ? Number(text) : 0);

function oneOf<Word extends string>(words: readonly Word[], text: string | undefined): Word | undefined {
  return words.find((word) => word === text);
}

function sorted(members: readonly Member[]): RequirementFile[] {
  const inOrder = [...members].sort((a, b) => a.position - b.position);
  return inOrder.flatMap(({ requirement }) => requirement() ?? []);
}

/** A requirement without a group around: a skill, or all of several, each once. */
function allOf(members: readonly Member[]): RequirementFile | undefined {
  const of = sorted(members);
  if (of.length < 2) return of[0];
  return { allOf: of.filter((member, at) => typeof member !== "string" || of.indexOf(member) === at) };
}

/** A group; of an exported part, as far as its members are there. */
function groupOf(members: readonly Member[], atLeast: number, size: number): RequirementFile | undefined {
  const of = sorted(members);
  if (of.length === 0) return undefined;
  if (atLeast >= (size || of.length) || !(atLeast > 0)) return { allOf: of };
  return atLeast === 1 ? { anyOf: of } : { atLeast: Math.min(atLeast, of.length), of };
}
