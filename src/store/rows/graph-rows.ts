import type {
  Basis,
  Cost,
  Level,
  MarketFactKind,
  NoteKind,
  ProjectKind,
  RelationKind,
  ResourceKind,
  SkillKind,
} from "../generated/client/enums.ts";

/**
 * The graph as the store writes it: one list per kind of entity, each entity with every row that belongs to
 * it. Entities refer to one another by slug; the store gives out the ids. `digest` is a fingerprint of the
 * entity and all below it (see `entityDigest`): an entity whose digest is the stored one is not written again.
 */
export interface GraphRows {
  readonly documents: readonly DocumentRows[];
  readonly skills: readonly SkillRows[];
  readonly resources: readonly ResourceRows[];
  readonly projects: readonly ProjectRows[];
  readonly roles: readonly RoleRows[];
  readonly roadmaps: readonly RoadmapRows[];
}

export const NO_ROWS: GraphRows = {
  documents: [],
  skills: [],
  resources: [],
  projects: [],
  roles: [],
  roadmaps: [],
};

export interface CitationRow {
  /** The slug of the document. */
  readonly document: string;
  readonly line: number;
  readonly mention: string;
  readonly basis: Basis;
}

interface Cited {
  readonly citations: readonly CitationRow[];
}

export interface ClaimRow extends Cited {
  readonly field: string;
  readonly value: string;
}

interface Entity {
  readonly slug: string;
  readonly name: string;
  readonly digest: string;
}

interface CitedEntity extends Entity, Cited {
  readonly claims: readonly ClaimRow[];
}

/** A node of a requirement. The nodes of one tree stand in depth-first order; the index is the ordinal. */
export interface RequirementNodeRow extends Cited {
  /** The ordinal of the node above; null at the root. */
  readonly parentOrdinal: number | null;
  /** How many children must be met; null on a leaf. */
  readonly atLeast: number | null;
  /** The slug of the skill needed; null on a group. */
  readonly needs: string | null;
  readonly reason: string | null;
}

/** A reference to a skill, with the reason for it. */
export interface SkillReferenceRow extends Cited {
  readonly skill: string;
  readonly reason: string | null;
}

export interface DocumentRows extends Entity {
  readonly publisher: string | null;
  /** A date, YYYY-MM-DD. */
  readonly publishedOn: string | null;
  readonly lines: number | null;
  readonly sections: readonly { readonly line: number; readonly name: string }[];
}

export interface SkillRows extends CitedEntity {
  readonly kind: SkillKind;
  readonly level: Level | null;
  readonly summary: string;
  readonly hours: number;
  readonly aliases: readonly string[];
  /** Empty: no requirement. */
  readonly requirement: readonly RequirementNodeRow[];
  /** The wider skills. */
  readonly partOf: readonly SkillReferenceRow[];
  readonly relations: readonly RelationRow[];
  readonly notes: readonly NoteRow[];
}

export interface RelationRow extends Cited {
  readonly kind: RelationKind;
  readonly skill: string;
  readonly note: string | null;
}

export interface NoteRow extends Cited {
  readonly kind: NoteKind;
  readonly text: string;
}

export interface ResourceRows extends CitedEntity {
  readonly kind: ResourceKind;
  readonly url: string | null;
  readonly authors: readonly string[];
  readonly provider: string | null;
  readonly cost: Cost | null;
  readonly hours: number | null;
  readonly language: string | null;
  readonly summary: string;
  readonly teaches: readonly SkillReferenceRow[];
}

export interface ProjectRows extends CitedEntity {
  readonly kind: ProjectKind;
  readonly brief: string;
  readonly difficulty: Level | null;
  readonly hours: number;
  readonly requirement: readonly RequirementNodeRow[];
  readonly practises: readonly SkillReferenceRow[];
  readonly steps: readonly ProjectStepRow[];
}

export interface ProjectStepRow extends Cited {
  readonly name: string;
  readonly summary: string;
}

export interface RoleRows extends CitedEntity {
  readonly aliases: readonly string[];
  readonly summary: string;
  readonly requirement: readonly RequirementNodeRow[];
  readonly optional: readonly SkillReferenceRow[];
  readonly responsibilities: readonly ResponsibilityRow[];
  readonly market: readonly MarketFactRow[];
}

export interface ResponsibilityRow extends Cited {
  readonly name: string;
  readonly summary: string;
  /** The slugs of the skills it calls for. */
  readonly skills: readonly string[];
}

export interface MarketFactRow extends Cited {
  readonly kind: MarketFactKind;
  readonly summary: string;
  readonly amount: number | null;
  readonly amountMax: number | null;
  readonly currency: string | null;
  readonly period: string | null;
  readonly region: string | null;
  readonly seniority: string | null;
  readonly source: string | null;
  readonly year: number | null;
}

export interface RoadmapRows extends CitedEntity {
  readonly summary: string;
  readonly ordered: boolean;
  readonly steps: readonly RoadmapStepRow[];
}

export interface RoadmapStepRow extends Cited {
  readonly name: string;
  readonly summary: string;
  readonly requirement: readonly RequirementNodeRow[];
  /** Slugs. */
  readonly resources: readonly string[];
  /** Slugs. */
  readonly projects: readonly string[];
}
