import { randomUUID } from "node:crypto";
import { type DocumentNode, GraphQLError, parse } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import { operationLimits } from "../api/operation-limits.ts";
import { MAX_DOCUMENT_TOKENS } from "./limits.ts";

/** The codes that errors of GraphQL itself carry in `extensions.code`; those of resolvers carry their own. */
export const PARSE_FAILED = "GRAPHQL_PARSE_FAILED";
export const VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED";
export const BAD_USER_INPUT = "BAD_USER_INPUT";
export const BAD_REQUEST = "BAD_REQUEST";
export const INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR";

function withCode(error: GraphQLError, code: string): GraphQLError {
  if (error.extensions.code === undefined) error.extensions.code = code;
  return error;
}

/**
 * A Yoga plugin that bounds the length, depth and cost of documents and gives every error of parsing, validation and input
 * coercion its stable `extensions.code`.
 */
export function useErrorCodes(): Plugin {
  return {
    onParse({ setParseFn }) {
      setParseFn(
        (source: string, options: object | undefined): DocumentNode =>
          parse(source, { ...options, maxTokens: MAX_DOCUMENT_TOKENS }),
      );
      return ({ result, replaceParseResult }) => {
        if (result instanceof GraphQLError) replaceParseResult(withCode(result, PARSE_FAILED));
      };
    },
    onValidate({ addValidationRule }) {
      addValidationRule(operationLimits);
      return ({ result, setResult }) => {
        if (result.length > 0) setResult(result.map((error) => withCode(error, VALIDATION_FAILED)));
      };
    },
    onResultProcess({ result }) {
      if (Array.isArray(result) || !("errors" in result)) return;
      for (const error of result.errors ?? [])
        if (error instanceof GraphQLError) withCode(error, BAD_REQUEST);
    },
  };
}

/**
 * What a client sees of an error. Errors that are meant for it, with a code or from GraphQL's own checks of
 * the input, pass; everything else is logged under a request id and answered with no more than that id.
 */
export function maskError(logger: Logger): (error: unknown, message: string) => Error {
  return (error, message) => {
    if (error instanceof GraphQLError) {
      if (error.extensions.code !== undefined) return error;
      if (error.originalError === undefined || error.originalError instanceof GraphQLError)
        return withCode(error, BAD_USER_INPUT);
    }
    const requestId = randomUUID();
    logger.error(
      { err: error instanceof GraphQLError ? error.originalError : error, requestId },
      "internal fault",
    );
    const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {};
    return new GraphQLError(message, {
      ...place,
      extensions: { code: INTERNAL_SERVER_ERROR, requestId },
    });
  };
}
