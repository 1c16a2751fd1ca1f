import { type SchemaTypes as AnyTypes, type FieldKind, RootFieldBuilder } from "@pothos/core";
import type { SchemaTypes } from "../builder.ts";
import { hours, type OwnerHandle, ownerHandle, RoleHandle, SkillHandle } from "./handle.ts";
import { ofOwners } from "./kept.ts";

/**
 * Fields that many types have, as methods of Pothos' field builder. Each takes the description and a function from the
 * parent to what planning counts in: indices of skills or owners, or a cost.
 */
declare global {
  namespace PothosSchemaTypes {
    interface RootFieldBuilder<Types extends AnyTypes, ParentShape, Kind extends FieldKind = FieldKind> {
      skill(description: string, of: From<Types, ParentShape, number>): FieldRef<Types, SkillHandle, Kind>;
      skills(
        description: string,
        of: From<Types, ParentShape, readonly number[]>,
      ): FieldRef<Types, readonly SkillHandle[], Kind>;
      /** A role, like goals, goes by its index in the prerequisite graph. */
      role(description: string, of: From<Types, ParentShape, number>): FieldRef<Types, RoleHandle, Kind>;
      goal(description: string, of: From<Types, ParentShape, number>): FieldRef<Types, OwnerHandle, Kind>;
      goals(
        description: string,
        of: From<Types, ParentShape, readonly number[]>,
      ): FieldRef<Types, readonly OwnerHandle[], Kind>;
      /** By a cost in hundredths of an hour. */
      hours(description: string, of: From<Types, ParentShape, number>): FieldRef<Types, number, Kind>;
    }
  }
}

type From<Types extends AnyTypes, Parent, Value> = (parent: Parent, context: Types["Context"]) => Value;

const fields: PothosSchemaTypes.RootFieldBuilder<SchemaTypes, unknown, "Object"> = RootFieldBuilder.prototype;

fields.skill = function (description, of) {
  return this.field({
    type: "Skill",
    description,
    extensions: ofOwners(of),
    resolve: (parent, _args, context) => new SkillHandle(of(parent, context)),
  });
};

fields.skills = function (description, of) {
  return this.field({
    type: ["Skill"],
    description,
    extensions: ofOwners(of),
    resolve: (parent, _args, context) => of(parent, context).map((skill) => new SkillHandle(skill)),
  });
};

fields.role = function (description, of) {
  return this.field({
    type: "Role",
    description,
    extensions: ofOwners(of),
    resolve: (parent, _args, context) => new RoleHandle(of(parent, context) - context.snapshot.firstRole),
  });
};

fields.goal = function (description, of) {
  return this.field({
    type: "Goal",
    description,
    extensions: ofOwners(of),
    resolve: (parent, _args, context) => ownerHandle(context.snapshot, of(parent, context)),
  });
};

fields.goals = function (description, of) {
  return this.field({
    type: ["Goal"],
    description,
    extensions: ofOwners(of),
    resolve: (parent, _args, context) =>
      of(parent, context).map((owner) => ownerHandle(context.snapshot, owner)),
  });
};

fields.hours = function (description, of) {
  return this.float({ description, resolve: (parent, _args, context) => hours(of(parent, context)) });
};
