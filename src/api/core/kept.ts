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
