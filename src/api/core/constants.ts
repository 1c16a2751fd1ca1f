import { Handle } from "./handles.ts";

/**
 * Put into the `extensions` of a field of a skill, project, role or roadmap: its value is at hand in the snapshot
 * and depends on nothing else, so that whoever writes answers may keep its text as long as the revision.
 */
export const CONSTANT = { isConstant: true };

/** A number for what has constant fields, its own among those of its type. */
export function entityKey(source: unknown): number | undefined {
  return source instanceof Handle ? source.index : undefined;
}
