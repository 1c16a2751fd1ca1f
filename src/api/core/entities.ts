import type { Context } from "../context.ts";
import type { NodeType } from "./global-id.ts";
import { ProjectHandle, RoadmapHandle, RoleHandle, SkillHandle } from "./handles.ts";

/** The parent object of an entity, carrying the name of its type for interfaces and unions. */
export type Entity = object & { readonly __typename: NodeType };

/** The entity of a type and slug, or null. No SQL for what the snapshot holds; otherwise by a loader. */
export function findEntity(
  context: Context,
  type: NodeType,
  slug: string,
): Entity | null | Promise<Entity | null> {
  const { snapshot, loaders } = context;
  const handle = (index: number | undefined, Handle: new (index: number) => Entity) =>
    index === undefined ? null : new Handle(index);
  const row = async (found: Promise<object | undefined>) => {
    const columns = await found;
    return columns === undefined ? null : { ...columns, __typename: type };
  };
  switch (type) {
    case "Skill":
      return handle(snapshot.skills.indexOf.get(slug), SkillHandle);
    case "Project":
      return handle(snapshot.projects.indexOf.get(slug), ProjectHandle);
    case "Role":
      return handle(snapshot.roles.indexOf.get(slug), RoleHandle);
    case "Roadmap":
      return handle(snapshot.roadmaps.indexOf.get(slug), RoadmapHandle);
    case "Resource":
      return row(loaders.resourcesBySlug.load(slug));
    case "Document":
      return row(loaders.documentsBySlug.load(slug));
  }
}
