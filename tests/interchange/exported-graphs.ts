import fc from "fast-check";
import { skillMetrics } from "../../src/graph/facts/skill-metrics.ts";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import type { ExportFormatName } from "../../src/interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../../src/interchange/export-formats.ts";
import { type ExportChoice, exportedGraph } from "../../src/interchange/export-graph.ts";
import {
  type ExportedGraph,
  type ExportedRequirement,
  isBranch,
} from "../../src/interchange/exported-graph.ts";
import type { Detail, Details } from "../../src/store/rows/read-details.ts";
import type { GraphSnapshot, SnapshotTable } from "../../src/store/snapshot/graph-snapshot.ts";
import { TextList } from "../../src/store/snapshot/text-list.ts";

/** A graph of skills and one role that names all of them, as the store would give it. */
export interface RandomGraph {
  readonly snapshot: GraphSnapshot;
  readonly details: Details;
  /** Per skill, then of the role. Members are indices of skills. */
  readonly requirements: readonly (Requirement<number> | undefined)[];
}

/** Texts that break what writes them carelessly. */
const HOSTILE = [
  ...[
    '"',
    "'",
    "\\",
    "\\N",
    "a\r\nb",
    "=1+1",
    "'=x",
    "+1",
    "-1",
    "@x",
    "\tx",
    ",",
    ";",
    "<b>&amp;</b>",
    "]]>",
  ],
  ...[
    "-->",
    "%%",
    "[x]",
    "`code`",
    "**b**",
    "#quot;",
    "null",
    " x ",
    "é漢字🎉",
    "\u0085",
    "\u2028",
    "&#1;",
    "end",
  ],
];

const text = fc
  .oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }))
  .filter((value) => !/\0|\p{Surrogate}/u.test(value));

/** The same without what no file may have in a name. */
export const nameText = text.map((value) =>
  value.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, ""),
);

/** Skills need only skills before them, so that all can be learned. */
function graphsNamed(name: fc.Arbitrary<string>): fc.Arbitrary<RandomGraph> {
  return fc
    .array(fc.record({ name, summary: text, hours: fc.integer({ min: 0, max: 9 }) }), {
      minLength: 1,
      maxLength: 8,
    })
    .chain((skills) =>
      fc
        .tuple(...skills.map((_, at) => fc.option(requirementBelow(at), { nil: undefined })))
        .map((requirements) => graphOf(skills, requirements)),
    );
}

/** Names are any texts: a database may have some from before they were checked. */
export const randomGraph = graphsNamed(text);
/** One that can be imported again. */
export const importableGraph = graphsNamed(nameText);

function requirementBelow(count: number): fc.Arbitrary<Requirement<number> | undefined> {
  if (count === 0) return fc.constant(undefined);
  const skill = fc.record({ skill: fc.integer({ min: 0, max: count - 1 }) });
  const groupOf = (member: fc.Arbitrary<Requirement<number>>): fc.Arbitrary<Requirement<number>> =>
    fc
      .array(member, { minLength: 1, maxLength: 4 })
      .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of })));
  return fc.oneof(skill, groupOf(skill), groupOf(fc.oneof(skill, groupOf(fc.oneof(skill, groupOf(skill))))));
}

interface Written {
  readonly name: string;
  readonly summary: string;
  readonly hours: number;
}

function graphOf(
  skills: readonly Written[],
  requirements: readonly (Requirement<number> | undefined)[],
): RandomGraph {
  const of = skills.map((_, skill) => ({ skill }));
  const all = [...requirements, { atLeast: of.length, of }];
  const inputs = all.map((requirement, at) => ({ cost: (skills[at]?.hours ?? 0) * 100, requirement }));
  const rows = skills.map((skill, at) => detail(`s${at}`, at + 1, "CONCEPT", skill));
  const role = detail("all", 1, null, { name: "All", summary: "", hours: 0 });
  const empty = tableOf([]);
  return {
    requirements: all,
    snapshot: {
      revision: 7,
      graph: buildPrerequisiteGraph(skills.length, inputs),
      skills: tableOf(rows),
      projects: empty,
      roles: tableOf([role]),
      roadmaps: empty,
      firstProject: skills.length,
      firstRole: skills.length,
      firstRoadmap: skills.length + 1,
      outline: { wholes: new Map(), orderedRoadmaps: new Set(), support: new Map() },
    },
    details: {
      skills: rows,
      projects: [],
      roles: [role],
      roadmaps: [],
      resources: [],
      optional: { from: [1], to: [1], kind: "OPTIONAL" },
      askedFor: { from: [], to: [], kind: "ASKED_FOR" },
      partOf: { from: rows.slice(1).map(({ id }) => id), to: rows.slice(1).map(() => 1), kind: "PART_OF" },
      relations: NO_LINKS,
      teaches: NO_LINKS,
      practises: NO_LINKS,
    },
  };
}

const NO_LINKS = { from: [], to: [], kind: [] };

function detail(slug: string, id: number, type: string | null, { name, summary, hours }: Written): Detail {
  return {
    id,
    slug,
    name,
    type,
    level: null,
    hours: type === null ? null : hours,
    summary,
    url: null,
    aliases: [],
  };
}

function tableOf(rows: readonly Detail[]): SnapshotTable {
  return {
    slugs: TextList.of(rows.map(({ slug }) => slug)),
    names: TextList.of(rows.map(({ name }) => name)),
    ids: Int32Array.from(rows, ({ id }) => id),
    former: new Map(),
    indexOf: new Map(rows.map(({ slug }, at) => [slug, at])),
  };
}

export function exportOf({ snapshot, details }: RandomGraph, choice: ExportChoice = {}): ExportedGraph {
  const search = exportedGraph(snapshot, details, { metrics: skillMetrics(snapshot.graph), ...choice });
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}

/** A requirement of the export as it was written. */
export function writtenOf(requirement: ExportedRequirement): Requirement<string> {
  if (!isBranch(requirement)) return { skill: requirement.source.slug };
  return { atLeast: requirement.group.atLeast, of: requirement.of.map(writtenOf) };
}

/** The graph in a format. */
export function textOf(name: ExportFormatName, graph: ExportedGraph): string {
  return [...EXPORT_FORMATS[name].write(graph)].join("");
}
