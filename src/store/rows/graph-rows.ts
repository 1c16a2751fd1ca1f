import type * as models from "../generated/client/models.ts";

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

/** The columns of a table, without the ids by which its rows belong to others. */
type Columns<Model, Ids extends keyof Model = never> = Readonly<Omit<Model, "id" | Ids>>;

export interface CitationRow
  extends Columns<models.CitationModel, "subjectKind" | "subjectId" | "documentId"> {
  /** The slug of the document. */
  readonly document: string;
}

interface Cited {
  readonly citations: readonly CitationRow[];
}

export type ClaimRow = Columns<models.ClaimModel, "subjectKind" | "subjectId"> & Cited;

interface CitedEntity extends Cited {
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

export interface DocumentRows extends Columns<models.DocumentModel, "publishedOn"> {
  /** A date, YYYY-MM-DD. */
  readonly publishedOn: string | null;
  readonly sections: readonly Columns<models.SectionModel, "documentId">[];
}

export interface SkillRows extends Columns<models.SkillModel>, CitedEntity {
  readonly aliases: readonly string[];
  /** Empty: no requirement. */
  readonly requirement: readonly RequirementNodeRow[];
  /** The wider skills. */
  readonly partOf: readonly SkillReferenceRow[];
  /** `skill` is the slug of the other. */
  readonly relations: readonly (Columns<models.RelationModel, "fromId" | "toId"> & {
    skill: string;
  } & Cited)[];
  readonly notes: readonly (Columns<models.NoteModel, "skillId" | "ordinal"> & Cited)[];
}

export interface ResourceRows extends Columns<models.ResourceModel>, CitedEntity {
  readonly teaches: readonly SkillReferenceRow[];
}

export interface ProjectRows extends Columns<models.ProjectModel>, CitedEntity {
  readonly requirement: readonly RequirementNodeRow[];
  readonly practises: readonly SkillReferenceRow[];
  readonly steps: readonly (Columns<models.ProjectStepModel, "projectId" | "position"> & Cited)[];
}

export interface RoleRows extends Columns<models.RoleModel>, CitedEntity {
  readonly requirement: readonly RequirementNodeRow[];
  readonly optional: readonly SkillReferenceRow[];
  readonly responsibilities: readonly ResponsibilityRow[];
  readonly market: readonly (Columns<models.MarketFactModel, "roleId"> & Cited)[];
}

interface ResponsibilityRow extends Columns<models.ResponsibilityModel, "roleId" | "position">, Cited {
  /** The slugs of the skills it calls for. */
  readonly skills: readonly string[];
}

export interface RoadmapRows extends Columns<models.RoadmapModel>, CitedEntity {
  readonly steps: readonly RoadmapStepRow[];
}

interface RoadmapStepRow extends Columns<models.RoadmapStepModel, "roadmapId" | "position">, Cited {
  readonly requirement: readonly RequirementNodeRow[];
  /** Slugs. */
  readonly resources: readonly string[];
  /** Slugs. */
  readonly projects: readonly string[];
}
