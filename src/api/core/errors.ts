import { GraphQLError } from "graphql";
import type { DeadlineMissed } from "../../planning/time/deadline.ts";
import type { PlanRefusal } from "../../planning/time/study-time.ts";
import type { Finding } from "../../seeding/finding.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { GraphWriteError, UnlearnableSkills } from "../../store/store-errors.ts";
import { MAX_NAMED_SLUGS } from "../limits.ts";
import { type EntityKind, orStale } from "./entity.ts";
import { type OwnerType, ownerOfId } from "./handle.ts";
import { withoutStack } from "./without-stack.ts";

/**
 * The outcomes that a client has to expect and can act on. Each is thrown, and the field decides how it reaches the
 * client: as a member of the union of results where the field has one that lists it, otherwise as a GraphQL error
 * beside the data, which carries a stable `extensions.code`.
 */

/** Enough of a value to recognise it by. */
const SHOWN_LETTERS = 100;

/** A value as an error message quotes it. */
export function shown(value: string | number): string {
  if (typeof value === "number") return String(value);
  return JSON.stringify(value.length > SHOWN_LETTERS ? `${value.slice(0, SHOWN_LETTERS)}…` : value);
}

/** An argument that GraphQL's own types let pass and that still makes no sense. Its code is BAD_USER_INPUT. */
export class ValidationError extends GraphQLError {
  readonly argument: string;
  readonly expected: string;

  constructor(argument: string, expected: string, message: string) {
    super(message, { extensions: { code: "BAD_USER_INPUT", argument, expected } });
    this.argument = argument;
    this.expected = expected;
  }
}

/**
 * The error to throw for an argument: its path, such as `filter.minHours`, what it has to be, and what came, as the
 * client wrote it.
 */
export function fault(argument: string, expected: string, received: string | number): ValidationError {
  const message = `Expected ${argument} to be ${expected}, got ${shown(received)}.`;
  return withoutStack(() => new ValidationError(argument, expected, message));
}

/** The same of a finding about an argument, which says all in words. */
export function toldFault(argument: string, told: string): ValidationError {
  const [, expected = told] = /^expected (.+?), got /.exec(told) ?? [];
  return withoutStack(() => new ValidationError(argument, expected, `${argument}: ${told}.`));
}

/** A slug that does not exist. */
export interface UnknownSlug {
  readonly kind: EntityKind;
  readonly slug: string;
  /** Where it is; "" where the field has only one argument. */
  readonly argument: string;
  readonly suggestions: readonly string[];
}

/** No slug is longer than 80 letters. */
const LONGEST_SLUG_ECHOED = 200;

/** A slug that does not exist, not yet with suggestions; see `withSuggestions`. */
export function unknownSlug(kind: EntityKind, slug: string, argument = ""): UnknownSlug {
  return { kind, slug: slug.slice(0, LONGEST_SLUG_ECHOED), argument, suggestions: [] };
}

/** Slugs that do not exist: all those of a question, at least one. Its code is NOT_FOUND. */
export class NotFoundError extends GraphQLError {
  readonly unknown: readonly UnknownSlug[];

  constructor(unknown: readonly UnknownSlug[]) {
    const more = unknown.length - MAX_NAMED_SLUGS;
    const sentences = unknown.slice(0, MAX_NAMED_SLUGS).map(({ kind, slug, argument, suggestions }) => {
      const place = argument === "" ? "" : ` (in ${argument})`;
      const hint = suggestions.length === 0 ? "" : ` Did you mean ${suggestions.join(", ")}?`;
      return `There is no ${kind.toLowerCase()} ${shown(slug)}${place}.${hint}`;
    });
    if (more > 0) sentences.push(`And ${more} more.`);
    const { kind, slug, suggestions } = unknown[0]!;
    super(sentences.join(" "), { extensions: { code: "NOT_FOUND", kind, slug, suggestions } });
    this.unknown = unknown;
  }
}

/** The owner that a column of a row names; see `orStale`. */
export function ownerOrStale<Type extends OwnerType>(snapshot: GraphSnapshot, type: Type, id: number) {
  return orStale(ownerOfId(snapshot, type, id), `A ${type.toLowerCase()}`);
}

export interface UnreachedGoal {
  /** Its index in the prerequisite graph. */
  readonly goal: number;
  readonly missing: readonly MissingSkill[];
}

export interface MissingSkill {
  readonly skill: number;
  readonly cause: "AVOIDED" | "UNMET";
}

/** Goals that no choice of skills reaches. */
export class UnreachableGoalError extends Error {
  readonly goals: readonly UnreachedGoal[];

  constructor(message: string, goals: readonly UnreachedGoal[]) {
    super(message);
    this.goals = goals;
  }
}

/** A path that does not fit into the time given. */
export class PlanRefusedError extends Error {
  readonly reason: PlanRefusal["reason"];

  constructor({ reason, message }: PlanRefusal) {
    super(sentence(message));
    this.reason = reason;
  }
}

/** A deadline that no effort meets. */
export class DeadlineMissedError extends Error {
  readonly deadline: string;
  readonly earliest: string;
  /** In hundredths of an hour. */
  readonly mostWeekly: number;

  constructor({ message, deadline, earliest, mostWeekly }: DeadlineMissed) {
    super(sentence(message));
    this.deadline = deadline;
    this.earliest = earliest;
    this.mostWeekly = mostWeekly;
  }
}

/** A write that would leave skills that nobody can learn. */
export class UnlearnableError extends Error {
  readonly loop: UnlearnableSkills["loop"];
  readonly mend: UnlearnableSkills["mend"];

  constructor({ message, unlearnable }: GraphWriteError) {
    super(sentence(message.replace(/\.$/, "")));
    this.loop = unlearnable?.loop ?? [];
    this.mend = unlearnable?.mend ?? [];
  }
}

/** The versions of an entity that a write was meant for and that it has. */
export interface Versions {
  readonly kind: EntityKind;
  readonly slug: string;
  readonly expected: number;
  readonly current: number;
}

/** A write that was meant for another revision, or for another version of an entity. */
export class ConflictError extends Error {
  readonly currentRevision: number;
  /** Absent where it was meant for a revision. */
  readonly versions: Versions | undefined;

  constructor(message: string, currentRevision: number, versions?: Versions) {
    super(sentence(message.replace(/\.$/, "")));
    this.currentRevision = currentRevision;
    this.versions = versions;
  }
}

/** An idempotency key that was used for another write. */
export class KeyReusedError extends Error {
  constructor({ message }: GraphWriteError) {
    super(sentence(message.replace(/\.$/, "")));
  }
}

/** An entity that refers to another. */
export interface ReferringEntity {
  readonly kind: EntityKind;
  readonly slug: string;
  /** The lists of it that name the other, as the rows have them. */
  readonly fields: readonly string[];
}

/** A deletion that would leave others referring to nothing. */
export class InUseError extends Error {
  readonly referring: readonly ReferringEntity[];

  constructor(kind: EntityKind, slug: string, referring: readonly ReferringEntity[]) {
    const named = referring
      .slice(0, MAX_NAMED_SLUGS)
      .map((each) => `${each.kind.toLowerCase()} ${each.slug}`);
    const more = referring.length - named.length;
    super(
      `Expected a ${kind.toLowerCase()} that nothing refers to, but ${shown(slug)} is named by ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}. Take it out there, or send cascade: DETACH, which does.`,
    );
    this.referring = referring;
  }
}

/** An entity that stands in the way of undoing a revision. */
export interface SupersedingEntity extends Pick<ReferringEntity, "kind" | "slug"> {
  /** The revision that has changed it since; absent: it refers to what would be gone. */
  readonly revision?: number;
}

/** A revision that cannot be undone, because of what came after it. */
export class SupersededError extends Error {
  readonly entities: readonly SupersedingEntity[];

  constructor(undone: number, entities: readonly SupersedingEntity[], why?: string) {
    const named = entities.slice(0, MAX_NAMED_SLUGS).map(({ kind, slug, revision }) => {
      const how =
        revision === undefined ? "refers to it or has its slug" : `was changed again in ${revision}`;
      return `the ${kind.toLowerCase()} ${slug} ${how}`;
    });
    const more = entities.length - named.length;
    const reasons = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
    super(`Expected nothing to depend on what revision ${undone} did, but ${why ?? `${reasons}.`}`);
    this.entities = entities;
  }
}

/** A proposal that was decided before, or is gone. */
export class ProposalDecidedError extends Error {
  readonly id: string;

  constructor(id: string, status = "withdrawn") {
    super(`Expected an open proposal, got one that was ${status.toLowerCase()}.`);
    this.id = id;
  }
}

/** A graph file that was refused. */
export class GraphFileError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[]) {
    const { line, message } = findings.find(({ severity }) => severity === "error")!;
    super(`Expected a graph file without errors. Line ${line}: ${message}.`);
    this.findings = findings;
  }
}

/** Planning words its faults as parts of sentences. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

type ErrorClass =
  | typeof NotFoundError
  | typeof ValidationError
  | typeof UnreachableGoalError
  | typeof PlanRefusedError
  | typeof DeadlineMissedError
  | typeof UnlearnableError
  | typeof ConflictError
  | typeof SupersededError
  | typeof InUseError
  | typeof KeyReusedError
  | typeof ProposalDecidedError
  | typeof GraphFileError;

/** What can be wrong with a question about goals. */
const QUESTION_ERRORS: ErrorClass[] = [NotFoundError, ValidationError, UnreachableGoalError];

/** What can be wrong with what names entities by their slugs. */
export const SLUG_ERRORS: ErrorClass[] = [NotFoundError, ValidationError];

/** The option `errors` of a field that answers with a union of its type and of errors that it throws. */
export function results(name: string, description: string, types = QUESTION_ERRORS) {
  return { types, union: { name, description } };
}
