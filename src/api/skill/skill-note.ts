import type { NoteKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { rowId } from "../core/entity.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "./skill.ts";

const NoteKindEnum = builder.enumType("NoteKind", {
  description: "What a note is about.",
  values: {
    WHEN_TO_USE: { description: "When to use it." },
    STRENGTH: { description: "What speaks for it." },
    WEAKNESS: { description: "What speaks against it." },
    PROPERTY: { description: "A property or principle of it." },
    ADVICE: { description: "Advice to the learner." },
  } satisfies Record<NoteKind, object>,
});

const SkillNote = builder.prismaObject("Note", {
  name: "SkillNote",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: NoteKindEnum }),
    text: t.exposeString("text"),
  }),
});
addCitations(SkillNote, ({ id }) => ({ kind: "NOTE", id }));

builder.objectField(Skill, "notes", (t) =>
  t.field({
    type: [SkillNote],
    description: "Remarks on it, in the editors' words.",
    args: { kind: t.arg({ type: NoteKindEnum, description: "Only notes of this kind; absent: all." }) },
    resolve: async (skill, { kind }, { snapshot, loaders }) => {
      const notes = await loaders.notes.load(rowId(snapshot, skill));
      return kind == null ? notes : notes.filter((note) => note.kind === kind);
    },
  }),
);
