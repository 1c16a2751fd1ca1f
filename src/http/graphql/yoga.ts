import type { IncomingMessage, ServerResponse } from "node:http";
import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from "graphql";
import type { GraphQLParams, Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { ApiRequest } from "../../api/context.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Viewers } from "../access/viewers.ts";
import { Audience } from "../audience.ts";
import { actualCost, answerInTurn, payForNew, settle } from "../cost.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import { MAX_ERRORS, MAX_REQUEST_BYTES } from "../limits.ts";
import { requestIdOf } from "../request-id.ts";
import {
  BAD_REQUEST,
  isRefusal,
  type MaskError,
  RequestRefused,
  unavailableError,
  withCode,
} from "./errors.ts";
import type { AnswerAt, RequestHandler } from "./handler.ts";
import { isJson, JSON_TYPE } from "./media-types.ts";
import type { PersistedOperations } from "./persisted.ts";
import { badRequest, readBody, readMembers, readUrl } from "./request.ts";

/** What Node hands to Yoga. */
interface ServerContext {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

export interface YogaOptions {
  readonly schema: GraphQLSchema;
  readonly endpoint: string;
  readonly operations: OperationCache;
  readonly persisted: PersistedOperations;
  readonly answerAt: AnswerAt;
  readonly maskError: MaskError;
  readonly gate: Gate;
  readonly viewers: Viewers;
  /** What the resolvers of a mutation share. */
  readonly writingContext: (request: ApiRequest) => object;
  /** Whether errors may suggest what the schema has. */
  readonly introspection?: boolean;
  readonly logger: Logger;
}

/**
 * The whole of GraphQL over HTTP, by graphql-yoga, with the readers and caches of the short ways. Loaded here and not by
 * an import: with all that it brings it is 400 of 1,000 modules and half a second of processor time, and the first
 * requests are rarely for it.
 */
export async function createYogaHandler(options: YogaOptions): Promise<RequestHandler> {
  const { createYoga } = await import("graphql-yoga");
  const { schema, endpoint, maskError, logger } = options;
  return createYoga<ServerContext>({
    schema,
    graphqlEndpoint: endpoint,
    // The server does these for all of its paths.
    graphiql: false,
    landingPage: false,
    cors: false,
    multipart: false,
    parserAndValidationCache: false,
    maxRequestBodySize: MAX_REQUEST_BYTES,
    extraParamNames: ["documentId"],
    maskedErrors: { maskError: (error) => maskError(error) },
    logging: {
      debug: (...values) => logger.debug(values),
      info: (...values) => logger.debug(values),
      warn: (...values) => logger.warn(values),
      error: (...values) => logger.error(values),
    },
    plugins: [useOurReader(options), useOperationCache(options)],
  });
}

/** Reads requests as the short ways do, and refuses documents that are too large with the status that they give. */
function useOurReader({ persisted, operations, gate }: YogaOptions): Plugin<object, ServerContext> {
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method === "GET") setRequestParser(({ url }) => readUrl(url));
      else if (/^application\/graphql\+json\b/i.test(request.headers.get("content-type") ?? ""))
        setRequestParser(async (asked) => readBody(await asked.text()));
      return {
        async onRequestParseDone({ requestParserResult, setRequestParserResult }) {
          const { req } = serverContext;
          const members = readMembers(requestParserResult);
          const query = persisted.textOf(members, gate.clientOf(req));
          // Whoever has caused much waits as on the short ways.
          const { document, errors } = await inTurn(
            () => {
              payForNew(gate, req, operations, query);
              return operations.check(query);
            },
            await gate.charge(req, 0),
          );
          for (const error of [document, ...errors])
            if (error instanceof GraphQLError && isRefusal(error)) throw error;
          setRequestParserResult({ ...members, query });
        },
      };
    },
  };
}

/** Parses, validates and executes as the short ways do. Gives errors that have no code one. */
function useOperationCache(options: YogaOptions): Plugin<ServerContext> {
  const { operations } = options;
  return {
    onParse({ setParseFn }) {
      setParseFn((source: string) => {
        const { document } = operations.check(source);
        if (document instanceof GraphQLError) throw document;
        return document;
      });
    },
    onValidate({ context, setResult }) {
      setResult([...operations.check(context.params.query ?? "").errors]);
    },
    onSubscribe({ setSubscribeFn }) {
      setSubscribeFn(() => ({ errors: [NOT_STREAMED] }));
    },
    onExecute({ args, setExecuteFn }) {
      const { req, res, params } = args.contextValue;
      const { work } = new Audience(res);
      setExecuteFn((asked: ExecutionArgs) => {
        const isMutation = getOperationAST(asked.document, asked.operationName)?.operation === "mutation";
        const run = isMutation ? executeMutation : executeCompiled;
        return run(options, { request: req, work }, params, asked);
      });
    },
    onResultProcess({ result, setResult }) {
      if (Array.isArray(result) || !("errors" in result) || result.errors === undefined) return;
      for (const error of result.errors) if (error instanceof GraphQLError) withCode(error, BAD_REQUEST);
      setResult({ ...result, errors: result.errors.slice(0, MAX_ERRORS) });
    },
  };
}

const NOT_STREAMED = badRequest("Expected Accept: text/event-stream with a subscription.", BAD_REQUEST, {
  status: 406,
});

/** Who asks, and what ends the work for it. */
interface Asking {
  readonly request: IncomingMessage;
  readonly work: AbortController;
}

/**
 * Executes a mutation, once, for whoever may write. It has to come as the JSON of a POST: no page of another origin can
 * send that without being asked first.
 */
async function executeMutation(
  { operations, viewers, writingContext, gate, introspection = true, maskError }: YogaOptions,
  { request, work }: Asking,
  { query = "", operationName, variables }: GraphQLParams,
  asked: ExecutionArgs,
): Promise<ExecutionResult> {
  const mask = (error: unknown) => maskError(error, requestIdOf(request));
  try {
    if (request.method !== "POST") throw badRequest("Expected a mutation by POST.", BAD_REQUEST, METHOD);
    if (!isJson(request.headers["content-type"]))
      throw badRequest(`Expected a mutation as ${JSON_TYPE}.`, BAD_REQUEST, { status: 415 });
    const mutation = operations.mutation(query, operationName ?? "");
    if (mutation === undefined) throw new Error("expected a mutation");
    viewers.admit(request, mutation.scopes);
    await gate.charge(request, mutation.costOf(variables ?? {}));
    const { headers } = request;
    const contextValue = writingContext({ headers, viewer: viewers.of(request), work });
    const { errors, ...executed } = await execute({
      ...asked,
      contextValue,
      hideSuggestions: !introspection,
    });
    return { ...executed, ...(errors && { errors: errors.map(mask) }) };
  } catch (error) {
    if (error instanceof RequestRefused) return { errors: error.errors };
    return { errors: [error instanceof GraphQLError ? error : mask(error)] };
  }
}

const METHOD = { status: 405, headers: { allow: "POST" } };

/** Executes a query by its compiled operation, and by graphql-js what the compiler does not support. */
async function executeCompiled(
  { operations, viewers, answerAt, gate, introspection = true, maskError, logger }: YogaOptions,
  { request, work }: Asking,
  { query = "", operationName, variables }: GraphQLParams,
  asked: ExecutionArgs,
): Promise<ExecutionResult> {
  const { headers } = request;
  const viewer = viewers.of(request);
  const masked = (errors: readonly GraphQLError[] = []) =>
    errors.length > 0 && { errors: errors.map((error) => maskError(error, requestIdOf(request))) };
  try {
    const prepared = operations.prepare(query, operationName ?? "", variables ?? {});
    if (prepared !== undefined) {
      const { size, run } = prepared;
      viewers.admit(request, prepared.scopes);
      const since = await gate.charge(request, size.cost);
      const spent = { work: 0 };
      const paid = { request, work, cost: size.cost, since };
      const { data, errors, written } = await answerInTurn(gate, paid, () =>
        answerAt({ headers, viewer, work, spent, since }, async (context, revision) =>
          run(context, revision, prepared.variables),
        ),
      );
      const extensions = await settle(gate, request, size, actualCost(size, written, spent));
      return {
        ...masked(errors),
        data: JSON.parse(data),
        ...(extensions && { extensions: { ...extensions } }),
      };
    }
  } catch (error) {
    if (error instanceof RequestRefused) return { errors: error.errors };
    if (error instanceof GraphQLError) return { errors: [error] };
    if (unavailableError(error) !== undefined) return { errors: [maskError(error, requestIdOf(request))] };
    logger.warn({ err: error }, "answered by graphql-js");
  }
  // What a scope is needed for is not to be had without it here either: it is in no such context.
  return answerAt({ headers, viewer, work }, async (context) => {
    const args = { ...asked, contextValue: context, hideSuggestions: !introspection };
    const { errors, ...executed } = await execute(args);
    return { ...executed, ...masked(errors) };
  });
}

export interface LazyHandler {
  readonly handle: RequestHandler;
  /** Loads it now, so that the first request that needs it does not wait. */
  load(): void;
}

/** A handler that is made when it is first needed. A failure is not kept: the next request tries again. */
export function lazyHandler(make: () => Promise<RequestHandler>): LazyHandler {
  let made: Promise<RequestHandler> | undefined;
  const load = () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
  return {
    handle: async (request, response) => (await load())(request, response),
    load: () => void load().catch(() => {}),
  };
}
