import type { IncomingMessage } from "node:http";
import { type ExecutionArgs, GraphQLError, type GraphQLSchema } from "graphql";
import type { Plugin } from "graphql-yoga";
import type { Logger } from "pino";
import type { OperationCache } from "../execution/operation-cache.ts";
import { MAX_REQUEST_BYTES } from "../limits.ts";
import { BAD_REQUEST, withCode } from "./errors.ts";
import type { AnswerAt, RequestHandler } from "./handler.ts";
import { type PersistedOperations, sha256 } from "./persisted.ts";
import { readMembers, readUrl } from "./request.ts";

export interface YogaOptions {
  readonly schema: GraphQLSchema;
  readonly endpoint: string;
  readonly operations: OperationCache;
  readonly persisted: PersistedOperations;
  readonly answerAt: AnswerAt;
  readonly maskError: (error: unknown) => GraphQLError;
  readonly logger: Logger;
}

/**
 * The whole of GraphQL over HTTP, by graphql-yoga, with the readers and caches of the short ways. Loaded here and not by
 * an import: with all that it brings it is 400 of 1,000 modules and half a second of processor time, and the first
 * requests are rarely for it.
 */
export async function createYogaHandler(options: YogaOptions): Promise<RequestHandler> {
  const [{ createYoga }, { useAPQ }, { usePersistedOperations }] = await Promise.all([
    import("graphql-yoga"),
    import("@graphql-yoga/plugin-apq"),
    import("@graphql-yoga/plugin-persisted-operations"),
  ]);
  const { schema, endpoint, persisted, answerAt, maskError, logger } = options;
  return createYoga<{ req: IncomingMessage }>({
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
    maskedErrors: { maskError },
    logging: {
      debug: (...values) => logger.debug(values),
      info: (...values) => logger.debug(values),
      warn: (...values) => logger.warn(values),
      error: (...values) => logger.error(values),
    },
    plugins: [
      useOurReader(),
      useAPQ({ store: persisted, hash: async (text) => sha256(text) }),
      usePersistedOperations({
        allowArbitraryOperations: true,
        extractPersistedOperationId: (params) =>
          "documentId" in params && typeof params.documentId === "string" ? params.documentId : null,
        getPersistedOperation: (id) => persisted.get(id) ?? null,
        customErrors: {
          notFound: fault("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND", { status: 404 }),
          keyNotFound: fault("Must provide query string.", BAD_REQUEST, { status: 400 }),
        },
      }),
      useOperationCache(options.operations),
      useOneRevision(answerAt),
    ],
  });
}

function fault(message: string, code: string, http: object): () => GraphQLError {
  return () => new GraphQLError(message, { extensions: { code, http } });
}

/** Reads requests as the short ways do. */
function useOurReader(): Plugin {
  return {
    onRequestParse({ request, setRequestParser }) {
      if (request.method === "GET") setRequestParser(({ url }) => readUrl(url));
      return {
        onRequestParseDone({ requestParserResult, setRequestParserResult }) {
          // Yoga itself refuses lists.
          if (!Array.isArray(requestParserResult)) setRequestParserResult(readMembers(requestParserResult));
        },
      };
    },
  };
}

/** Parses and validates by the cache that the short ways use. Gives errors that have no code one. */
function useOperationCache(operations: OperationCache): Plugin {
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
    onResultProcess({ result }) {
      if (Array.isArray(result) || !("errors" in result)) return;
      for (const error of result.errors ?? [])
        if (error instanceof GraphQLError) withCode(error, BAD_REQUEST);
    },
  };
}

/** Executes queries at one revision. */
function useOneRevision(answerAt: AnswerAt): Plugin<{ req: IncomingMessage }> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const ofYoga = args.contextValue;
      setExecuteFn((asked: ExecutionArgs) =>
        answerAt(ofYoga.req, async (context) =>
          executeFn({ ...asked, contextValue: Object.assign(context, ofYoga) }),
        ),
      );
    },
  };
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
