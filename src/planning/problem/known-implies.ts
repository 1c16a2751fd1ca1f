/** What else a learner knows who knows a skill. */
export type KnownImplies = "NOTHING" | "PARTS" | "PREREQUISITES_AND_PARTS";

/**
 * What is implied where a question does not say. Who names five skills that they can work with expects a plan that goes
 * on from there; every answer names what it took as known, so that they can disagree.
 */
export const DEFAULT_KNOWN_IMPLIES: KnownImplies = "PREREQUISITES_AND_PARTS";
