import type { SubjectKind } from "../generated/client/enums.ts";
import type * as models from "../generated/client/models.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import type {
  CitationRow,
  ClaimRow,
  GraphRows,
  RequirementNodeRow,
  SkillReferenceRow,
} from "./graph-rows.ts";
import { readTables, type StoredTables } from "./read-tables.ts";

/**
 * Reads the whole graph as the rows that `Store.write` takes: writing them again changes nothing. Entities
 * come in the order of their slugs, lists in the author's order.
 *
 * One statement, which sees one state of the database whatever else commits meanwhile. Time and memory
 * O(rows).
 */
export async function readGraphRows(reader: Reader): Promise<GraphRows> {
  return new Assembler(await readTables(reader)).rows();
}

/** Puts the rows of the tables back together: the reverse of `flattenRows`. */
class Assembler {
  readonly #tables: StoredTables;
  readonly #citations: (kind: SubjectKind, id: number) => CitationRow[];
  readonly #claims: (kind: SubjectKind, id: number) => ClaimRow[];
  readonly #skillSlug: (id: number) => string;

  constructor(tables: StoredTables) {
    this.#tables = tables;
    const documentSlug = slugById(tables.Document);
    this.#skillSlug = slugById(tables.Skill);
    const citations = grouped(tables.Citation, ({ subjectKind, subjectId }) => `${subjectKind} ${subjectId}`);
    this.#citations = (kind, id) =>
      citations(`${kind} ${id}`).map(({ documentId, line, mention, basis }) => ({
        document: documentSlug(documentId),
        line,
        mention,
        basis,
      }));
    const claims = grouped(tables.Claim, ({ subjectKind, subjectId }) => `${subjectKind} ${subjectId}`);
    this.#claims = (kind, id) =>
      claims(`${kind} ${id}`).map((claim) => ({
        field: claim.field,
        value: claim.value,
        citations: this.#citations("CLAIM", claim.id),
      }));
  }

  rows(): GraphRows {
    return {
      documents: this.#documents(),
      skills: this.#skills(),
      resources: this.#resources(),
      projects: this.#projects(),
      roles: this.#roles(),
      roadmaps: this.#roadmaps(),
    };
  }

  #documents(): GraphRows["documents"] {
    const sections = grouped(this.#tables.Section, ({ documentId }) => documentId);
    return inSlugOrder(this.#tables.Document).map(({ id, ...row }) => ({
      ...row,
      sections: sections(id).map(({ line, name }) => ({ line, name })),
    }));
  }

  #skills(): GraphRows["skills"] {
    const aliases = grouped(this.#tables.SkillAlias, ({ skillId }) => skillId);
    const nodes = this.#requirements(({ skillId }) => skillId);
    const partOf = grouped(this.#tables.PartOf, ({ partId }) => partId);
    const relations = grouped(this.#tables.Relation, ({ fromId }) => fromId);
    const notes = grouped(this.#tables.Note, ({ skillId }) => skillId);
    return inSlugOrder(this.#tables.Skill).map(({ id, ...row }) => ({
      ...row,
      aliases: aliases(id).map(({ alias }) => alias),
      requirement: nodes(id),
      partOf: partOf(id).map((part) => this.#reference("PART_OF", part.wholeId, part)),
      relations: relations(id).map((relation) => ({
        kind: relation.kind,
        skill: this.#skillSlug(relation.toId),
        note: relation.note,
        citations: this.#citations("RELATION", relation.id),
      })),
      notes: notes(id).map(({ kind, text, id: noteId }) => ({
        kind,
        text,
        citations: this.#citations("NOTE", noteId),
      })),
      ...this.#evidence("SKILL", id),
    }));
  }

  #resources(): GraphRows["resources"] {
    const teaches = grouped(this.#tables.Teaches, ({ resourceId }) => resourceId);
    return inSlugOrder(this.#tables.Resource).map(({ id, ...row }) => ({
      ...row,
      teaches: teaches(id).map((taught) => this.#reference("TEACHES", taught.skillId, taught)),
      ...this.#evidence("RESOURCE", id),
    }));
  }

  #projects(): GraphRows["projects"] {
    const nodes = this.#requirements(({ projectId }) => projectId);
    const practises = grouped(this.#tables.Practises, ({ projectId }) => projectId);
    const steps = grouped(this.#tables.ProjectStep, ({ projectId }) => projectId);
    return inSlugOrder(this.#tables.Project).map(({ id, ...row }) => ({
      ...row,
      requirement: nodes(id),
      practises: practises(id).map((practised) => this.#reference("PRACTISES", practised.skillId, practised)),
      steps: steps(id).map(({ id: stepId, name, summary }) => ({
        name,
        summary,
        citations: this.#citations("PROJECT_STEP", stepId),
      })),
      ...this.#evidence("PROJECT", id),
    }));
  }

  #roles(): GraphRows["roles"] {
    const nodes = this.#requirements(({ roleId }) => roleId);
    const optional = grouped(this.#tables.OptionalSkill, ({ roleId }) => roleId);
    const duties = grouped(this.#tables.Responsibility, ({ roleId }) => roleId);
    const dutySkills = grouped(this.#tables.ResponsibilitySkill, ({ responsibilityId }) => responsibilityId);
    const facts = grouped(this.#tables.MarketFact, ({ roleId }) => roleId);
    return inSlugOrder(this.#tables.Role).map(({ id, ...row }) => ({
      ...row,
      requirement: nodes(id),
      optional: optional(id).map((skill) => this.#reference("OPTIONAL_SKILL", skill.skillId, skill)),
      responsibilities: duties(id).map(({ id: dutyId, name, summary }) => ({
        name,
        summary,
        skills: dutySkills(dutyId).map(({ skillId }) => this.#skillSlug(skillId)),
        citations: this.#citations("RESPONSIBILITY", dutyId),
      })),
      market: facts(id).map(({ id: factId, roleId: _, ...fact }) => ({
        ...fact,
        citations: this.#citations("MARKET_FACT", factId),
      })),
      ...this.#evidence("ROLE", id),
    }));
  }

  #roadmaps(): GraphRows["roadmaps"] {
    const steps = grouped(this.#tables.RoadmapStep, ({ roadmapId }) => roadmapId);
    const nodes = this.#requirements(({ roadmapStepId }) => roadmapStepId);
    const resources = grouped(this.#tables.RoadmapStepResource, ({ stepId }) => stepId);
    const projects = grouped(this.#tables.RoadmapStepProject, ({ stepId }) => stepId);
    const resourceSlug = slugById(this.#tables.Resource);
    const projectSlug = slugById(this.#tables.Project);
    return inSlugOrder(this.#tables.Roadmap).map(({ id, ...row }) => ({
      ...row,
      steps: steps(id).map(({ id: stepId, name, summary }) => ({
        name,
        summary,
        requirement: nodes(stepId),
        resources: resources(stepId).map(({ resourceId }) => resourceSlug(resourceId)),
        projects: projects(stepId).map(({ projectId }) => projectSlug(projectId)),
        citations: this.#citations("ROADMAP_STEP", stepId),
      })),
      ...this.#evidence("ROADMAP", id),
    }));
  }

  #requirements(
    ownerOf: (node: models.RequirementNodeModel) => number | null,
  ): (owner: number) => RequirementNodeRow[] {
    const nodes = grouped(this.#tables.RequirementNode, ownerOf);
    return (owner) =>
      nodes(owner).map(({ id, parentOrdinal, atLeast, needsId, reason }) => ({
        parentOrdinal,
        atLeast,
        needs: needsId === null ? null : this.#skillSlug(needsId),
        reason,
        citations: this.#citations("REQUIREMENT", id),
      }));
  }

  #reference(
    kind: SubjectKind,
    skillId: number,
    { id, reason }: { readonly id: number; readonly reason: string | null },
  ): SkillReferenceRow {
    return { skill: this.#skillSlug(skillId), reason, citations: this.#citations(kind, id) };
  }

  #evidence(kind: SubjectKind, id: number): { claims: ClaimRow[]; citations: CitationRow[] } {
    return { claims: this.#claims(kind, id), citations: this.#citations(kind, id) };
  }
}

function grouped<Row, Key>(
  rows: readonly Row[],
  keyOf: (row: Row) => Key | null,
): (key: Key) => readonly Row[] {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return (key) => groups.get(key) ?? [];
}

function slugById(rows: readonly { readonly id: number; readonly slug: string }[]): (id: number) => string {
  const slugs = new Map(rows.map(({ id, slug }) => [id, slug]));
  return (id) => {
    const slug = slugs.get(id);
    if (slug === undefined) throw new Error(`expected the row with the id ${id} to be stored`);
    return slug;
  };
}

function inSlugOrder<Row extends { readonly slug: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}
