import type { SubjectKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { Node } from "../core/node.ts";
import { Section } from "../document/document.ts";
import { sectionAt } from "../document/section.ts";
import { Citation, Cited } from "./citation.ts";
import { Claim } from "./claim.ts";
import { findSubject, findSubjectEntity } from "./subjects.ts";

export const SubjectKindEnum = builder.enumType("SubjectKind", {
  description: "What kind of row a citation, a claim or a change is about.",
  values: {
    DOCUMENT: { description: "A document." },
    SKILL: { description: "A skill." },
    RESOURCE: { description: "A resource." },
    PROJECT: { description: "A project." },
    ROLE: { description: "A role." },
    ROADMAP: { description: "A roadmap." },
    REQUIREMENT: { description: "A node of a requirement." },
    PART_OF: { description: "That a skill is part of another." },
    RELATION: { description: "How a skill relates to another." },
    NOTE: { description: "A note on a skill." },
    TEACHES: { description: "That a resource teaches a skill." },
    PRACTISES: { description: "That a project practises a skill." },
    PROJECT_STEP: { description: "A step of a project." },
    OPTIONAL_SKILL: { description: "That a skill helps in a role." },
    RESPONSIBILITY: { description: "A responsibility of a role." },
    MARKET_FACT: { description: "A market fact about a role." },
    ROADMAP_STEP: { description: "A step of a roadmap." },
    CLAIM: { description: "What a field of a row is said to be." },
  } satisfies Record<SubjectKind, object>,
});

builder.objectFields(Citation, (t) => ({
  section: t.field({
    type: Section,
    nullable: true,
    description: "The section that the line stands in; null before the first heading.",
    resolve: async ({ documentId, line }, _args, { loaders }) =>
      sectionAt(await loaders.sections.load(documentId), line),
  }),
  subjectKind: t.expose("subjectKind", {
    type: SubjectKindEnum,
    description: "What kind of row it supports.",
  }),
  subject: t.field({
    type: Cited,
    description: "The row that it supports.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubject(context, { kind: subjectKind, id: subjectId }),
  }),
  entity: t.field({
    type: Node,
    description:
      "The entity that the row is or belongs to: the owner of a requirement, the resource of what it teaches, the first of two related skills.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubjectEntity(context, { kind: subjectKind, id: subjectId }),
  }),
}));

builder.objectField(Claim, "entity", (t) =>
  t.field({
    type: Node,
    description: "The entity that the field belongs to.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubjectEntity(context, { kind: subjectKind, id: subjectId }),
  }),
);
