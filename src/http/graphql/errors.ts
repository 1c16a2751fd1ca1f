import { randomUUID } from "node:crypto";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { isDiskFull, isUnavailable } from "../../store/unavailable.ts";
import { DATABASE_RETRY_AFTER_SECONDS, MAX_ERRORS, MAX_QUOTING_MESSAGE_LENGTH } from "../limits.ts";

/** Codes that errors carry in `extensions.code`; those of resolvers bring their own. */
export const BAD_REQUEST = "BAD_REQUEST";
export const BAD_USER_INPUT = "BAD_USER_INPUT";
const SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE";
const INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR";

const INTERNAL_MESSAGE = "Internal error: the log has the details under this request id.";

/** Gives an error a code unless it has one. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code === undefined) error.extensions.code = code;
  return error;
}

/** Makes of an error what a client may see of it; `requestId` is the request's, which a fault is logged under. */
export type MaskError = (error: unknown, requestId?: string) => GraphQLError;

/**
 * What a client sees of an error. Errors that are meant for it, which have a code or come from GraphQL's own checks of
 * the input, pass; everything else is logged under a request id, and the client sees no more than that id.
 */
export function maskError(logger: Logger): MaskError {
  return (error, requestId = randomUUID()) => {
    const unavailable = unavailableError(error);
    if (unavailable !== undefined) {
      logger.warn({ reason: reasonOf(error), requestId }, "the database does not do what it is asked to");
      return unavailable;
    }
    if (error instanceof GraphQLError) {
      if (error.extensions.code !== undefined) return error;
      if (error.originalError === undefined || error.originalError instanceof GraphQLError)
        return withCode(error, BAD_USER_INPUT);
    }
    const isLocated = error instanceof GraphQLError;
    logger.error({ err: isLocated ? error.originalError : error, requestId }, "internal fault");
    return new GraphQLError(INTERNAL_MESSAGE, {
      ...(isLocated && { nodes: error.nodes, path: error.path }),
      extensions: { code: INTERNAL_SERVER_ERROR, requestId },
    });
  };
}

/** What a client is told of an error of a database that does not answer; `undefined` for other errors. */
export function unavailableError(error: unknown): GraphQLError | undefined {
  const isLocated = error instanceof GraphQLError;
  const cause = isLocated ? error.originalError : error;
  const place = isLocated ? error : undefined;
  if (isDiskFull(cause)) return unavailable(place, NO_ROOM);
  return isUnavailable(cause) ? unavailable(place) : undefined;
}

const NO_ROOM = "The disk of the database is full: nothing was written. Ask again when there is room.";
const NO_ANSWER = "The database does not answer at the moment: ask again a little later.";

/** The error for it, at the place of another. */
export function unavailable(place?: GraphQLError, message = NO_ANSWER): GraphQLError {
  return new GraphQLError(message, {
    ...(place && { nodes: place.nodes, path: place.path }),
    extensions: {
      code: SERVICE_UNAVAILABLE,
      http: { status: 503, headers: { "retry-after": String(DATABASE_RETRY_AFTER_SECONDS) } },
    },
  });
}

/** The last line of the message: Prisma shows the code of the caller before it. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split("\n").at(-1) ?? "";
}

/** Nothing was executed: what the client sent cannot be, for these reasons. */
export class RequestRefused extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/** A message that may quote what was sent at any length, without the middle of a long one. */
export function shortened(message: string): string {
  if (message.length <= MAX_QUOTING_MESSAGE_LENGTH) return message;
  const half = MAX_QUOTING_MESSAGE_LENGTH / 2 - 2;
  return `${message.slice(0, half)} … ${message.slice(-half)}`;
}

/**
 * An error of graphql-js as clients see it. `http` says that the specification of GraphQL over HTTP has a status for it.
 */
export function quotingError(error: GraphQLError, code: string): GraphQLError {
  const { nodes, source, positions, path, extensions, message } = error;
  return new GraphQLError(extensions.code === undefined ? shortened(message) : message, {
    ...{ nodes, source, positions, path },
    extensions: { code, http: { spec: true, status: 400 }, ...extensions },
  });
}

/** What an error says to HTTP in `extensions.http`, which clients do not see. */
interface HttpOfError {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The status is the specification's, which has 200 instead where the answer is `application/json`. */
  readonly spec?: boolean;
}

/** Whether an error has a status whatever the media type of the answer, as what is refused for its size has. */
export function isRefusal({ extensions: { http } }: GraphQLError): boolean {
  return typeof http === "object" && http !== null && "status" in http && !("spec" in http);
}

/**
 * An answer with errors: its text, the highest status that an error asks for, and the headers of all. `data`: what was
 * executed, as JSON; `undefined` if nothing was.
 */
export function answerOfErrors(
  errors: readonly GraphQLError[],
  data: string | undefined,
  isSpecStatus: boolean,
): { readonly text: string; readonly status: number; readonly headers: readonly string[] } {
  let status = 200;
  const headers: Record<string, string> = {};
  const shown = errors.slice(0, MAX_ERRORS).map((error) => {
    const { extensions: { http, ...extensions } = {}, ...rest } = error.toJSON();
    const asked: HttpOfError = typeof http === "object" && http !== null ? http : {};
    if (asked.status !== undefined && asked.status > status && (isSpecStatus || asked.spec !== true))
      status = asked.status;
    Object.assign(headers, asked.headers);
    return { ...rest, extensions };
  });
  const left = errors.length - shown.length;
  const all: object[] = shown;
  if (left > 0) all.push({ message: `${left} more errors.`, extensions: { code: "TOO_MANY_ERRORS" } });
  return {
    text: `{"errors":${JSON.stringify(all)}${data === undefined ? "" : `,"data":${data}`}}`,
    status,
    headers: Object.entries(headers).flat(),
  };
}
