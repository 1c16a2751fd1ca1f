/** A database that cannot be opened: `code` says why for programs, the message how to mend it. */
export class StoreError extends Error {
  override readonly name = "StoreError";

  constructor(
    readonly code:
      | "DATA_DIR_LOCKED"
      | "DATA_DIR_UNUSABLE"
      | "DATABASE_UNREACHABLE"
      | "DATABASE_UNREADABLE"
      | "DATABASE_NEWER"
      | "DATABASE_EDITED"
      | "MIGRATION_FAILED",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A write that was refused and changed nothing. */
export class GraphWriteError extends Error {
  override readonly name = "GraphWriteError";

  constructor(
    readonly code:
      | "CONFLICT"
      | "DECIDED"
      | "DUPLICATE_SLUG"
      | "INVALID_REQUIREMENT"
      | "INVALID_TEXT"
      | "KEY_REUSED"
      | "UNKNOWN_REFERENCE"
      | "UNLEARNABLE",
    message: string,
    /** The slugs the refusal is about. */
    readonly slugs: readonly string[] = [],
    /** For `UNLEARNABLE`: why. */
    readonly unlearnable?: UnlearnableSkills,
  ) {
    super(message);
  }
}

interface NamedSkill {
  readonly slug: string;
  readonly name: string;
}

/** Why skills could not be learned after a write. */
export interface UnlearnableSkills {
  /** Each skill needs the next one, and the last needs the first. */
  readonly loop: readonly NamedSkill[];
  /** Prerequisites to take out, so that all could be; see `smallestMend`. */
  readonly mend: readonly { readonly dependent: NamedSkill; readonly prerequisite: NamedSkill }[];
}
