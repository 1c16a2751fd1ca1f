import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "pino";
import { createContext } from "../api/context.ts";
import { entityKey } from "../api/core/entity.ts";
import { PLAN_FILES } from "../api/path/link.ts";
import { buildSchema, printSdl } from "../api/schema.ts";
import type { Store } from "../store/store.ts";
import { createFastGraphql } from "./fast-graphql.ts";
import { GRAPHQL_PATH } from "./graphql-path.ts";
import { isLive, isReady } from "./health.ts";
import { lazyHandler } from "./lazy-handler.ts";
import { SHUTDOWN_GRACE_MS } from "./limits.ts";
import { readPersistedOperations } from "./persisted-operations.ts";
import { planFile } from "./plan-files.ts";
import { playgroundPage } from "./playground.ts";

export interface RunningServer {
  /** Where it listens, such as http://127.0.0.1:4000. */
  readonly url: string;
  /** Stops listening, lets requests under way end (within a grace period), and resolves. */
  close(): Promise<void>;
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Serves the API on `host`:`port` (0: any free port) until closed.
 *
 * Rejects with the system's error, such as EADDRINUSE, when it cannot listen.
 */
export async function startServer(
  store: Store,
  logger: Logger,
  address: { readonly host: string; readonly port: number },
): Promise<RunningServer> {
  const yoga = lazyHandler(async () => (await import("./graphql.ts")).createGraphql(store, logger));
  const graphql = createFastGraphql({
    schema: buildSchema(),
    keyOf: entityKey,
    createContext: () => createContext(store),
    revision: () => store.snapshot().revision,
    persisted: readPersistedOperations(),
    fallback: yoga.handle,
  });
  const planPage = (file: keyof typeof PLAN_FILES) => (request: IncomingMessage) =>
    planFile(store, file, request.url ?? "", request.headers["if-none-match"]);
  const pages: Record<string, (request: IncomingMessage) => Page | Promise<Page>> = {
    "/": async () => ({
      status: 200,
      type: "text/html; charset=utf-8",
      body: await playgroundPage(GRAPHQL_PATH),
    }),
    "/schema.graphql": () => ({ status: 200, type: "text/plain; charset=utf-8", body: printSdl() }),
    [PLAN_FILES.calendar]: planPage("calendar"),
    [PLAN_FILES.checklist]: planPage("checklist"),
    "/health": () => json(200, isLive()),
    "/ready": async () => {
      const state = await isReady(store);
      return json(state.status === "ready" ? 200 : 503, state);
    },
  };

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const path = (request.url ?? "/").split("?", 1)[0]!;
    if (path === GRAPHQL_PATH) return graphql(request, response);
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined)
      return send(
        request,
        response,
        json(404, {
          message: `No ${path} here. There is ${GRAPHQL_PATH} and ${Object.keys(pages).join(", ")}.`,
        }),
      );
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("allow", "GET, HEAD");
      return send(
        request,
        response,
        json(405, { message: `Expected GET for ${path}, got ${request.method}.` }),
      );
    }
    send(request, response, await page(request));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger.error({ err: error, url: request.url }, "request failed");
      if (response.headersSent) response.destroy();
      else send(request, response, json(500, { message: "Internal error: the log has the details." }));
    });
  });
  await listen(server, address.host, address.port);
  yoga.load();
  const bound = server.address() as AddressInfo;
  const host = bound.family === "IPv6" ? `[${bound.address}]` : bound.address;
  return { url: `http://${host}:${bound.port}`, close: () => close(server) };
}

function json(status: number, value: unknown): Page {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}

function send(request: IncomingMessage, response: ServerResponse, page: Page): void {
  response.writeHead(page.status, {
    "content-type": page.type,
    // Of a 304 it would be taken for the length of what the client has.
    ...(page.status !== 304 && { "content-length": Buffer.byteLength(page.body) }),
    "x-content-type-options": "nosniff",
    ...page.headers,
  });
  response.end(request.method === "HEAD" ? undefined : page.body);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), SHUTDOWN_GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
