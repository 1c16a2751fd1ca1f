import type { CitationRow, GraphRows, RequirementNodeRow, SkillReferenceRow } from "./graph-rows.ts";
import type { EntityKind } from "./tables.ts";

/** A mention of one entity by another. */
export interface Reference {
  /** The list of rows the reference stands in. */
  readonly from: EntityKind;
  readonly fromSlug: string;
  readonly to: EntityKind;
  readonly slug: string;
}

type Cited = { readonly citations: readonly CitationRow[] };

/** Every reference in the rows, in their order; the same one may come more than once. O(size of the rows). */
export function* referencesIn(rows: GraphRows): Generator<Reference> {
  for (const skill of rows.skills) {
    yield* from("SKILL", skill.slug, [
      ...ofRequirement(skill.requirement),
      ...ofSkills(skill.partOf),
      ...skill.relations.map((row) => ["SKILL", row.skill] as const),
      ...ofCitations([skill, ...skill.relations, ...skill.notes, ...skill.claims]),
    ]);
  }
  for (const resource of rows.resources) {
    yield* from("RESOURCE", resource.slug, [
      ...ofSkills(resource.teaches),
      ...ofCitations([resource, ...resource.claims]),
    ]);
  }
  for (const project of rows.projects) {
    yield* from("PROJECT", project.slug, [
      ...ofRequirement(project.requirement),
      ...ofSkills(project.practises),
      ...ofCitations([project, ...project.steps, ...project.claims]),
    ]);
  }
  for (const role of rows.roles) {
    yield* from("ROLE", role.slug, [
      ...ofRequirement(role.requirement),
      ...ofSkills(role.optional),
      ...role.responsibilities.flatMap(({ skills }) => skills.map((slug) => ["SKILL", slug] as const)),
      ...ofCitations([role, ...role.responsibilities, ...role.market, ...role.claims]),
    ]);
  }
  for (const roadmap of rows.roadmaps) {
    yield* from("ROADMAP", roadmap.slug, [
      ...roadmap.steps.flatMap((step) => [
        ...ofRequirement(step.requirement),
        ...step.resources.map((slug) => ["RESOURCE", slug] as const),
        ...step.projects.map((slug) => ["PROJECT", slug] as const),
      ]),
      ...ofCitations([roadmap, ...roadmap.steps, ...roadmap.claims]),
    ]);
  }
}

type Target = readonly [to: EntityKind, slug: string];

function* from(kind: EntityKind, fromSlug: string, targets: Iterable<Target>): Generator<Reference> {
  for (const [to, slug] of targets) yield { from: kind, fromSlug, to, slug };
}

function* ofRequirement(nodes: readonly RequirementNodeRow[]): Generator<Target> {
  for (const { needs } of nodes) if (needs !== null) yield ["SKILL", needs];
  yield* ofCitations(nodes);
}

function* ofSkills(references: readonly SkillReferenceRow[]): Generator<Target> {
  for (const { skill } of references) yield ["SKILL", skill];
  yield* ofCitations(references);
}

function* ofCitations(cited: readonly Cited[]): Generator<Target> {
  for (const { citations } of cited) for (const { document } of citations) yield ["DOCUMENT", document];
}
