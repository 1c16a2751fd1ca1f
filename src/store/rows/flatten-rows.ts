import type { SubjectKind } from "../generated/client/enums.ts";
import type {
  CitationRow,
  ClaimRow,
  GraphRows,
  ProjectRows,
  RequirementNodeRow,
  ResourceRows,
  RoadmapRows,
  RoleRows,
  SkillRows,
} from "./graph-rows.ts";
import { type EntityKind, emptyTables, type TableName, type Tables } from "./tables.ts";

type Cited = { readonly citations: readonly CitationRow[] };
type NodeOwner = { skillId: number } | { projectId: number } | { roleId: number } | { roadmapStepId: number };

/** Where ids come from. */
export interface Ids {
  /** The id of an entity that is stored or about to be. */
  of(kind: EntityKind, slug: string): number;
  /** An id that no row of the table has. */
  next(table: TableName): number;
}

/**
 * Turns entities into the rows of the tables: slugs become ids, lists become ordinals and positions. Every
 * reference must be known to `ids`. O(size of the rows).
 *
 * Nodes of requirements get their ids owner by owner and tree by tree in depth-first order, and a roadmap's steps
 * in their order: `readRequirements` reads them in that order.
 */
export function flattenRows(graph: GraphRows, ids: Ids): Tables {
  const tables = emptyTables();

  const cite = (subjectKind: SubjectKind, subjectId: number, { citations }: Cited) => {
    for (const { document, line, mention, basis } of citations) {
      const documentId = ids.of("DOCUMENT", document);
      tables.Citation.push({
        id: ids.next("Citation"),
        subjectKind,
        subjectId,
        documentId,
        line,
        mention,
        basis,
      });
    }
  };
  const claim = (subjectKind: SubjectKind, subjectId: number, claims: readonly ClaimRow[]) => {
    for (const row of claims) {
      const id = ids.next("Claim");
      tables.Claim.push({ id, subjectKind, subjectId, field: row.field, value: row.value });
      cite("CLAIM", id, row);
    }
  };
  const require = (owner: NodeOwner, nodes: readonly RequirementNodeRow[]) => {
    nodes.forEach((row, ordinal) => {
      const id = ids.next("RequirementNode");
      const { parentOrdinal, atLeast, reason } = row;
      const needsId = row.needs === null ? null : ids.of("SKILL", row.needs);
      const noOwner = { skillId: null, projectId: null, roleId: null, roadmapStepId: null };
      tables.RequirementNode.push({
        id,
        ...noOwner,
        ...owner,
        ordinal,
        parentOrdinal,
        atLeast,
        needsId,
        reason,
      });
      cite("REQUIREMENT", id, row);
    });
  };

  const addSkill = ({ slug, name, kind, level, summary, hours, digest, ...row }: SkillRows) => {
    const id = ids.of("SKILL", slug);
    tables.Skill.push({ id, slug, name, kind, level, summary, hours, digest });
    cite("SKILL", id, row);
    claim("SKILL", id, row.claims);
    require({ skillId: id }, row.requirement);
    row.aliases.forEach((alias, ordinal) => {
      tables.SkillAlias.push({ skillId: id, ordinal, alias });
    });
    for (const part of row.partOf) {
      const partId = ids.next("PartOf");
      const wholeId = ids.of("SKILL", part.skill);
      tables.PartOf.push({ id: partId, partId: id, wholeId, reason: part.reason });
      cite("PART_OF", partId, part);
    }
    for (const relation of row.relations) {
      const relationId = ids.next("Relation");
      const toId = ids.of("SKILL", relation.skill);
      tables.Relation.push({ id: relationId, fromId: id, toId, kind: relation.kind, note: relation.note });
      cite("RELATION", relationId, relation);
    }
    row.notes.forEach((note, ordinal) => {
      const noteId = ids.next("Note");
      tables.Note.push({ id: noteId, skillId: id, ordinal, kind: note.kind, text: note.text });
      cite("NOTE", noteId, note);
    });
  };

  const addResource = (row: ResourceRows) => {
    const { slug, name, kind, url, provider, cost, hours, language, summary, digest } = row;
    const id = ids.of("RESOURCE", slug);
    const authors = [...row.authors];
    tables.Resource.push({
      id,
      slug,
      name,
      kind,
      url,
      authors,
      provider,
      cost,
      hours,
      language,
      summary,
      digest,
    });
    cite("RESOURCE", id, row);
    claim("RESOURCE", id, row.claims);
    for (const taught of row.teaches) {
      const teachesId = ids.next("Teaches");
      const skillId = ids.of("SKILL", taught.skill);
      tables.Teaches.push({ id: teachesId, resourceId: id, skillId, reason: taught.reason });
      cite("TEACHES", teachesId, taught);
    }
  };

  const addProject = ({ slug, name, kind, brief, difficulty, hours, digest, ...row }: ProjectRows) => {
    const id = ids.of("PROJECT", slug);
    tables.Project.push({ id, slug, name, kind, brief, difficulty, hours, digest });
    cite("PROJECT", id, row);
    claim("PROJECT", id, row.claims);
    require({ projectId: id }, row.requirement);
    for (const practised of row.practises) {
      const practisesId = ids.next("Practises");
      const skillId = ids.of("SKILL", practised.skill);
      tables.Practises.push({ id: practisesId, projectId: id, skillId, reason: practised.reason });
      cite("PRACTISES", practisesId, practised);
    }
    row.steps.forEach((step, index) => {
      const stepId = ids.next("ProjectStep");
      const { name, summary } = step;
      tables.ProjectStep.push({ id: stepId, projectId: id, position: index + 1, name, summary });
      cite("PROJECT_STEP", stepId, step);
    });
  };

  const addRole = ({ slug, name, summary, digest, ...row }: RoleRows) => {
    const id = ids.of("ROLE", slug);
    tables.Role.push({ id, slug, name, aliases: [...row.aliases], summary, digest });
    cite("ROLE", id, row);
    claim("ROLE", id, row.claims);
    require({ roleId: id }, row.requirement);
    for (const optional of row.optional) {
      const optionalId = ids.next("OptionalSkill");
      const skillId = ids.of("SKILL", optional.skill);
      tables.OptionalSkill.push({ id: optionalId, roleId: id, skillId, reason: optional.reason });
      cite("OPTIONAL_SKILL", optionalId, optional);
    }
    row.responsibilities.forEach((duty, index) => {
      const responsibilityId = ids.next("Responsibility");
      const { name, summary } = duty;
      tables.Responsibility.push({ id: responsibilityId, roleId: id, position: index + 1, name, summary });
      duty.skills.forEach((skill, ordinal) => {
        tables.ResponsibilitySkill.push({ responsibilityId, ordinal, skillId: ids.of("SKILL", skill) });
      });
      cite("RESPONSIBILITY", responsibilityId, duty);
    });
    for (const { citations, ...fact } of row.market) {
      const factId = ids.next("MarketFact");
      tables.MarketFact.push({ id: factId, roleId: id, ...fact });
      cite("MARKET_FACT", factId, { citations });
    }
  };

  const addRoadmap = ({ slug, name, summary, ordered, digest, ...row }: RoadmapRows) => {
    const id = ids.of("ROADMAP", slug);
    tables.Roadmap.push({ id, slug, name, summary, ordered, digest });
    cite("ROADMAP", id, row);
    claim("ROADMAP", id, row.claims);
    row.steps.forEach((step, index) => {
      const stepId = ids.next("RoadmapStep");
      const { name, summary } = step;
      tables.RoadmapStep.push({ id: stepId, roadmapId: id, position: index + 1, name, summary });
      require({ roadmapStepId: stepId }, step.requirement);
      step.resources.forEach((resource, ordinal) => {
        tables.RoadmapStepResource.push({ stepId, ordinal, resourceId: ids.of("RESOURCE", resource) });
      });
      step.projects.forEach((project, ordinal) => {
        tables.RoadmapStepProject.push({ stepId, ordinal, projectId: ids.of("PROJECT", project) });
      });
      cite("ROADMAP_STEP", stepId, step);
    });
  };

  for (const { slug, name, publisher, publishedOn, lines, sections, digest } of graph.documents) {
    const id = ids.of("DOCUMENT", slug);
    tables.Document.push({ id, slug, name, publisher, publishedOn, lines, digest });
    for (const section of sections)
      tables.Section.push({ documentId: id, line: section.line, name: section.name });
  }
  graph.skills.forEach(addSkill);
  graph.resources.forEach(addResource);
  graph.projects.forEach(addProject);
  graph.roles.forEach(addRole);
  graph.roadmaps.forEach(addRoadmap);
  return tables;
}
