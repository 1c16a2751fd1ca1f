import type { IncomingMessage, ServerResponse } from "node:http";
import { GraphQLError } from "graphql";
import type { Logger } from "pino";
import { atOneRevision, createContext, createWritingContext, rowSourceOf } from "../api/context.ts";
import { entityKey } from "../api/core/handle.ts";
import { createFollowingContext } from "../api/follow.ts";
import { buildSchema } from "../api/schema.ts";
import { findApiKey } from "../store/rows/api-keys.ts";
import type { Store } from "../store/store.ts";
import { workerLoads } from "../workers/ask.ts";
import { bearsToken } from "./access/bearer.ts";
import { type AccessOptions, Viewers } from "./access/viewers.ts";
import type { Answered } from "./answered.ts";
import { OperationCache } from "./execution/operation-cache.ts";
import { explorerRoute, isExplored, originFor } from "./explorer/pages.ts";
import { assetAt, explorerRoutes } from "./explorer/routes.ts";
import { type Address, type Front, openFront } from "./front.ts";
import { Gate, type GateOptions } from "./gate.ts";
import { maskError, unavailableError } from "./graphql/errors.ts";
import { type AnswerAt, createGraphqlHandler } from "./graphql/handler.ts";
import { prefersHtml } from "./graphql/media-types.ts";
import { persistedOperations } from "./graphql/persisted.ts";
import { Subscriptions } from "./graphql/subscriptions.ts";
import { createYogaHandler, type LazyHandler, lazyHandler } from "./graphql/yoga.ts";
import { expectHost } from "./host.ts";
import { UNKNOWN_CREDENTIAL_COST, YOGA_DELAY_MS } from "./limits.ts";
import { MCP_PATH, mcpPage } from "./mcp/route.ts";
import { METRICS_PATH, openMetricsFront, tokenWanted } from "./metrics/access.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { reachMinRevision } from "./min-revision.ts";
import { answerPreflight, jsonPage, sendPage } from "./page.ts";
import { notAllowed, notFound, refusedPage } from "./refused.ts";
import { identify, requestIdOf } from "./request-id.ts";
import { GRAPHQL_PATH, isFile, type Route, routeOf, routesOver } from "./routes.ts";

export interface RunningServer {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  /** Where metrics are served without a token; absent: nowhere. */
  readonly metricsUrl?: string | undefined;
  /** Stops listening, answers what was asked (within a grace period), and resolves; see `GuardedServer`. */
  close(): Promise<void>;
}

export interface ServerOptions extends GateOptions, AccessOptions, Address {
  /** What listens already, and is taken over; absent: one that listens at the address. */
  readonly front?: Front | undefined;
  /** Operations beside the shipped ones that clients may name, by id. */
  readonly operations?: ReadonlyMap<string, string>;
  /** Whether nothing but these and the shipped ones is answered. */
  readonly onlyPersisted?: boolean;
  /** Whether clients may read the schema: by introspection, in errors' suggestions, in the playground. The default. */
  readonly introspection?: boolean;
  /** Where metrics are served without a token, on the same host; absent: nowhere. 0: any free port. */
  readonly metricsPort?: number | undefined;
  /** What gives access to the metrics beside the API; absent: nothing. */
  readonly metricsToken?: string | undefined;
  /** Where clients find the server, such as https://example.org; absent: as each of them says. */
  readonly publicUrl?: string | undefined;
  /** The origins that may frame embeds, with spaces between; absent: all. */
  readonly embedOrigins?: string | undefined;
}

/** Pages that are answered whatever a client has left: what watches the server asks for them. */
const ALWAYS: ReadonlySet<string> = new Set(["/health", "/ready"]);

type OnAnswered = (answered: Answered) => void;

/**
 * Serves the API until closed. `contextOf` makes what the resolvers of a request share.
 *
 * Rejects with the system's error, such as EADDRINUSE, when it cannot listen.
 */
export async function startServer(
  store: Store,
  logger: Logger,
  options: ServerOptions,
  contextOf = createContext,
): Promise<RunningServer> {
  const gate = new Gate(options);
  const viewers = new Viewers(options, (text) => findApiKey(store.prisma, text));
  const metrics = await metricsOf(store, gate, options);
  const onAnswered = listeners([
    metrics && ((answered) => metrics.answered(answered)),
    logger.isLevelEnabled("debug") ? (answered) => logger.debug(answered, "answered") : undefined,
  ]);
  const operations = new OperationCache(buildSchema(), entityKey, rowSourceOf, options.introspection);
  const graphql = graphqlOver(store, logger, contextOf, { gate, viewers, operations }, onAnswered, options);
  const hasPlayground = options.introspection !== false && options.onlyPersisted !== true;
  const { metricsToken: token, publicUrl, embedOrigins } = options;
  const settings = { gate, operations, publicUrl, hasPlayground, embedOrigins };
  const mcp = { gate, operations, originOf: originFor(publicUrl) };
  const explorer = explorerRoute(store, contextOf, settings);
  const routes: Readonly<Record<string, Route>> = {
    ...explorerRoutes(explorer, GRAPHQL_PATH),
    ...routesOver(store, contextOf, gate, options.introspection !== false, hasPlayground),
    ...(metrics && token !== undefined && { [METRICS_PATH]: metricsRoute(metrics, token) }),
  };
  const watches = (request: IncomingMessage, path: string) =>
    ALWAYS.has(path) || (path === METRICS_PATH && token !== undefined && bearsToken(request, token));
  /** Resolves with what kind of answer it was, unless GraphQL has told of it. */
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Answered["way"] | undefined> => {
    const { method, headers, url = "/" } = request;
    expectHost(request);
    if (method === "OPTIONS") {
      answerPreflight(request, response);
      return "page";
    }
    const path = url.split("?", 1)[0]!;
    if (!watches(request, path)) {
      await gate.admit(request, response);
      // Not before its address is counted: to find out who somebody is takes time as well.
      if (headers.authorization !== undefined) {
        const { viewer, fault } = await viewers.identify(request);
        if (fault !== undefined) gate.settle(request, 0, UNKNOWN_CREDENTIAL_COST);
        if (viewer.name !== "") gate.countFor(request, viewer.name);
      }
      viewers.admitReader(request);
      await reachMinRevision(store, request);
      // Nobody reads what a client that has left while it waited would be answered.
      if (response.destroyed) return undefined;
    }
    if (path === MCP_PATH) {
      sendPage(request, response, await mcpPage(store, contextOf, request, response, mcp));
      return "page";
    }
    const isGet = method === "GET" || method === "HEAD";
    const isHtml = isGet && prefersHtml(headers.accept);
    // A browser's address bar gets the playground.
    if (path === GRAPHQL_PATH && !(isHtml && hasPlayground)) {
      await graphql.handle(request, response);
      return undefined;
    }
    const route = routeOf(routes, path) ?? (isExplored(path) ? explorer : undefined);
    if (route !== undefined && !isGet) {
      sendPage(request, response, notAllowed(path, method));
      return "page";
    }
    const found = isGet
      ? await (route?.(request, response) ?? assetAt(request, path, hasPlayground))
      : undefined;
    // People who follow a wrong link get a page that helps them on.
    const page = found ?? (isHtml ? await explorer(request) : notFound(Object.keys(routes), path));
    gate.countSent(request, sendPage(request, response, page));
    return isFile(path) ? "file" : "page";
  };
  const front = options.front ?? (await openFront(options));
  front.answerBy((request, response) => {
    identify(request);
    const begun = performance.now();
    const requestId = requestIdOf(request);
    const fail = (error: unknown): Answered["way"] | undefined => {
      if (response.destroyed) return undefined;
      const told = error instanceof GraphQLError ? error : unavailableError(error);
      if (told !== undefined) {
        sendPage(request, response, refusedPage(told));
        return "refused";
      }
      logger.error({ err: error, requestId, path: request.url?.split("?", 1)[0] }, "request failed");
      if (response.headersSent) {
        response.destroy();
        return undefined;
      }
      const message = "Internal error: the log has the details under this request id.";
      sendPage(request, response, jsonPage(500, { message, requestId }));
      return "page";
    };
    void answer(request, response)
      .catch(fail)
      .then((way) => {
        if (way === undefined) return;
        const { statusCode: status } = response;
        onAnswered?.({ requestId, way, operation: undefined, status, ms: performance.now() - begun });
      });
  });
  const { host, metricsPort: port } = options;
  const metricsFront =
    metrics && port !== undefined
      ? await openMetricsFront(metrics, { host, port }).catch(async (error: unknown) => {
          await front.stop();
          gate.close();
          throw error;
        })
      : undefined;
  setTimeout(graphql.load, YOGA_DELAY_MS).unref();
  const close = async () => {
    graphql.stop();
    await Promise.all([front.stop(), metricsFront?.stop()]);
    gate.close();
  };
  return { url: front.url, metricsUrl: metricsFront?.url, close };
}

function graphqlOver(
  store: Store,
  logger: Logger,
  contextOf: typeof createContext,
  common: { readonly gate: Gate; readonly viewers: Viewers; readonly operations: OperationCache },
  onAnswered: OnAnswered | undefined,
  { operations: own = new Map(), onlyPersisted, introspection = true }: ServerOptions,
): LazyHandler & { stop(): void } {
  const revision = () => store.snapshot().revision;
  const shared = {
    ...common,
    persisted: persistedOperations(own, onlyPersisted),
    introspection,
    answerAt: answerAt(store, contextOf),
    maskError: maskError(logger),
    logger,
  };
  const yoga = lazyHandler(() =>
    createYogaHandler({
      ...shared,
      schema: buildSchema(),
      endpoint: GRAPHQL_PATH,
      writingContext: (request) => createWritingContext(store, request),
    }),
  );
  const subscriptions = new Subscriptions({
    ...shared,
    revision,
    schema: buildSchema(),
    followingContext: (request, lastSeen) => createFollowingContext(store, request, lastSeen),
  });
  const handle = createGraphqlHandler({
    ...shared,
    subscriptions,
    revision,
    yoga: yoga.handle,
    onAnswered,
  });
  return { handle, load: yoga.load, stop: () => subscriptions.stop() };
}

/** All of them as one; `undefined` where there are none, so that nothing is measured for nobody. */
function listeners(all: readonly (OnAnswered | undefined)[]): OnAnswered | undefined {
  const wanted = all.filter((listener) => listener !== undefined);
  if (wanted.length === 0) return undefined;
  return (answered) => {
    for (const listener of wanted) listener(answered);
  };
}

/** What counts, where metrics are wanted. */
async function metricsOf(
  store: Store,
  gate: Gate,
  { metricsPort, metricsToken }: ServerOptions,
): Promise<Metrics | undefined> {
  if (metricsPort === undefined && metricsToken === undefined) return undefined;
  const { Metrics } = await import("./metrics/metrics.ts");
  const revision = () => store.snapshot().revision;
  return new Metrics({ revision, lag: () => store.lag(), cost: () => gate.totals, workers: workerLoads });
}

function metricsRoute(metrics: Metrics, token: string): Route {
  return (request) => (bearsToken(request, token) ? metrics.page() : tokenWanted());
}

function answerAt(store: Store, contextOf: typeof createContext): AnswerAt {
  return (request, answer) =>
    atOneRevision(
      store,
      () => contextOf(store, request),
      (context) => answer(context, context.snapshot.revision),
    );
}
