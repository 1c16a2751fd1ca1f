import { randomUUID } from "node:crypto";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";

/** Codes that errors carry in `extensions.code`; those of resolvers bring their own. */
export const BAD_REQUEST = "BAD_REQUEST";
const BAD_USER_INPUT = "BAD_USER_INPUT";
const INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR";

const INTERNAL_MESSAGE = "Internal error: the log has the details under this request id.";

/** Gives an error a code unless it has one. */
export function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code === undefined) error.extensions.code = code;
  return error;
}

/**
 * What a client sees of an error. Errors that are meant for it, which have a code or come from GraphQL's own checks of
 * the input, pass; everything else is logged under a request id, and the client sees no more than that id.
 */
export function maskError(logger: Logger): (error: unknown) => GraphQLError {
  return (error) => {
    if (error instanceof GraphQLError) {
      if (error.extensions.code !== undefined) return error;
      if (error.originalError === undefined || error.originalError instanceof GraphQLError)
        return withCode(error, BAD_USER_INPUT);
    }
    const requestId = randomUUID();
    const isLocated = error instanceof GraphQLError;
    logger.error({ err: isLocated ? error.originalError : error, requestId }, "internal fault");
    return new GraphQLError(INTERNAL_MESSAGE, {
      ...(isLocated && { nodes: error.nodes, path: error.path }),
      extensions: { code: INTERNAL_SERVER_ERROR, requestId },
    });
  };
}

/** What an error says to HTTP in `extensions.http`, which clients do not see. */
interface HttpOfError {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with errors of fields: its text, the highest status that an error asks for, and the headers of all. */
export function answerOfErrors(
  errors: readonly GraphQLError[],
  data: string,
): { readonly text: string; readonly status: number; readonly headers: readonly string[] } {
  let status = 200;
  const headers: Record<string, string> = {};
  const shown = errors.map((error) => {
    const { extensions: { http, ...extensions } = {}, ...rest } = error.toJSON();
    const asked: HttpOfError = typeof http === "object" && http !== null ? http : {};
    if (asked.status !== undefined && asked.status > status) status = asked.status;
    Object.assign(headers, asked.headers);
    return { ...rest, extensions };
  });
  return {
    text: `{"errors":${JSON.stringify(shown)},"data":${data}}`,
    status,
    headers: Object.entries(headers).flat(),
  };
}
