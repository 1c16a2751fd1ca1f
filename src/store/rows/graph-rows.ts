import type * as models from "../generated/client/models.ts";

/**
 * The graph as the store writes it: one list per kind of entity, each entity with every row that belongs to it.
 * Entities refer to one another by slug; the store gives out the ids. `digest` is a fingerprint of the entity and
 * all below it (see `entityDigest`): an entity whose digest is the stored one is not written again. Which table
 * and column everything is stored in, `entities.ts` says.
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

/** The columns of an entity. Without an origin, the entity gets that of the write. */
type EntityColumns<Model extends { origin: string }, Given extends keyof Model = never> = Columns<
  Model,
  Given | "origin"
> & { readonly origin?: string };

export type CitationRow = Columns<models.CitationModel, "subjectKind" | "subjectId" | "documentId"> & {
  /** The slug of the document. */
  readonly document: string;
};

type Cited = { readonly citations: readonly CitationRow[] };

export type ClaimRow = Columns<models.ClaimModel, "subjectKind" | "subjectId"> & Cited;

type CitedEntity = Cited & { readonly claims: readonly ClaimRow[] };

/** A node of a requirement. The nodes of one tree stand in depth-first order; the index is the ordinal. */
export type RequirementNodeRow = Cited & {
  /** The ordinal of the node above; null at the root. */
  readonly parentOrdinal: number | null;
  /** How many children must be met; null on a leaf. */
  readonly atLeast: number | null;
  /** The slug of the skill needed; null on a group. */
  readonly needs: string | null;
  readonly reason: string | null;
};

/** A reference to a skill, with the reason for it. */
export type SkillReferenceRow = Cited & {
  readonly skill: string;
  readonly reason: string | null;
};

/** A reference to a project, with the reason for it. */
export type ProjectReferenceRow = Cited & {
  readonly project: string;
  readonly reason: string | null;
};

export type DocumentRows = EntityColumns<models.DocumentModel, "publishedOn"> & {
  /** A date, YYYY-MM-DD. */
  readonly publishedOn: string | null;
  readonly sections: readonly Columns<models.SectionModel, "documentId">[];
};

export type SkillRows = EntityColumns<models.SkillModel> &
  CitedEntity & {
    readonly aliases: readonly string[];
    /** Empty: no requirement. */
    readonly requirement: readonly RequirementNodeRow[];
    /** The wider skills. */
    readonly partOf: readonly SkillReferenceRow[];
    /** `skill` is the slug of the other. */
    readonly relations: readonly (Columns<models.RelationModel, "fromId" | "toId"> & {
      readonly skill: string;
    } & Cited)[];
    readonly notes: readonly (Columns<models.NoteModel, "skillId" | "ordinal"> & Cited)[];
  };

export type ResourceRows = EntityColumns<models.ResourceModel> &
  CitedEntity & { readonly teaches: readonly SkillReferenceRow[] };

export type ProjectRows = EntityColumns<models.ProjectModel> &
  CitedEntity & {
    readonly requirement: readonly RequirementNodeRow[];
    readonly practises: readonly SkillReferenceRow[];
    readonly steps: readonly (Columns<models.ProjectStepModel, "projectId" | "position"> & Cited)[];
  };

export type RoleRows = EntityColumns<models.RoleModel> &
  CitedEntity & {
    readonly requirement: readonly RequirementNodeRow[];
    readonly optional: readonly SkillReferenceRow[];
    readonly projects: readonly ProjectReferenceRow[];
    readonly responsibilities: readonly (Columns<models.ResponsibilityModel, "roleId" | "position"> &
      Cited & {
        /** The slugs of the skills it calls for. */
        readonly skills: readonly string[];
      })[];
    readonly market: readonly (Columns<models.MarketFactModel, "roleId"> & Cited)[];
  };

export type RoadmapRows = EntityColumns<models.RoadmapModel> &
  CitedEntity & {
    readonly steps: readonly (Columns<models.RoadmapStepModel, "roadmapId" | "position"> &
      Cited & {
        readonly requirement: readonly RequirementNodeRow[];
        /** Slugs. */
        readonly resources: readonly string[];
        /** Slugs. */
        readonly projects: readonly string[];
      })[];
  };
