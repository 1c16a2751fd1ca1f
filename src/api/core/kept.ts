/**
 * The `extensions` of a field of a skill, project, role or roadmap whose value is read from the snapshot and depends
 * on nothing else. Compiled operations keep the text of such fields for as long as the revision lasts.
 */
export const CONSTANT = { isConstant: true };

/**
 * The `extensions` of a field below an entity that depends on nothing but its object, its arguments and the revision.
 * Where all that is selected of an entity is so, its text is kept for the revision. Not of a field that asks the planner
 * within the budget of its request, or that depends on who asks.
 */
export const OF_REVISION = { isOfRevision: true };

/**
 * The same of a field whose value is owners of the prerequisite graph: which these are, compiled operations learn from `of`,
 * without a handle for each. Of the parent and the context, like the resolver.
 */
export function ofOwners<Of>(of: Of): typeof OF_REVISION & { readonly ownersOf: Of } {
  return { ...OF_REVISION, ownersOf: of };
}
