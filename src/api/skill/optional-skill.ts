import { builder } from "../builder.ts";
import { indexOfId, RoleHandle, skillOfId } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Role } from "../role/role.ts";
import { Skill } from "./skill.ts";

export const OptionalSkill = builder.prismaObject("OptionalSkill", {
  interfaces: () => [Cited],
  fields: (t) => ({ reason: t.exposeString("reason", { nullable: true }) }),
});

builder.objectFields(OptionalSkill, (t) => ({
  role: t.field({
    type: Role,
    description: "The role it helps in.",
    resolve: ({ roleId }, _args, { snapshot }) =>
      new RoleHandle(orStale(indexOfId(snapshot.roles, roleId), "A role")),
  }),
  skill: t.field({
    type: Skill,
    description: "The skill that helps.",
    resolve: ({ skillId }, _args, { snapshot }) => orStale(skillOfId(snapshot, skillId), "A skill"),
  }),
}));
addCitations(OptionalSkill, ({ id }) => ({ kind: "OPTIONAL_SKILL", id }));
