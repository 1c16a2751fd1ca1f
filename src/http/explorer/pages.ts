import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import { atOneRevision, type Context, type createContext } from "../../api/context.ts";
import { memo } from "../../api/core/run.ts";
import { trusted } from "../../explorer/html.ts";
import type { Site } from "../../explorer/site.ts";
import { hasPage } from "../../explorer/views.ts";
import { svgOf } from "../../render/svg.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Store } from "../../store/store.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import { encodingFor } from "../graphql/media-types.ts";
import { type KeptPage, keptPage, unlessHeld } from "../kept-page.ts";
import { MAX_EXPLORER_BYTES, PAGE_COST } from "../limits.ts";
import type { Page } from "../page.ts";
import { askIn } from "./ask.ts";
import { embedElement } from "./assets.ts";
import { contentsOf } from "./contents.ts";
import { placed } from "./draw.ts";
import { pictureLink } from "./pictures.ts";
import { readPlan } from "./read-plan.ts";

/** What answers to the explorer are made with. */
export interface ExplorerOptions {
  readonly gate: Gate;
  readonly operations: OperationCache;
  readonly hasPlayground: boolean;
  /** The origins that may frame embeds, as CSP writes them; absent: all. */
  readonly embedOrigins?: string | undefined;
  /** Where the server is found, such as https://example.org; absent: as each request says. */
  readonly publicUrl?: string | undefined;
}

/** Pages of a revision as they were sent, by host, encoding and link. */
const keptPages = memo(
  (_snapshot: GraphSnapshot) =>
    new LRUCache<string, KeptPage>({
      maxSize: MAX_EXPLORER_BYTES,
      sizeCalculation: ({ page }, key) => page.body.length + 2 * key.length + 500,
    }),
);

/** Answers requests for pages of the explorer, each at one revision. */
export function explorerRoute(
  store: Store,
  contextOf: typeof createContext,
  options: ExplorerOptions,
): (request: IncomingMessage) => Promise<Page> {
  return (request) =>
    atOneRevision(
      store,
      () => contextOf(store, request),
      (context) => explorerPage(context, request, options),
    );
}

/** Whether a path is of the explorer, were the names in it right. */
export function isExplored(path: string): boolean {
  if (path === "/embed/v1.js") return false;
  return hasPage(path) || path === "/oembed" || path.startsWith("/embed/") || pictureLink(path) !== undefined;
}

/** A page of the explorer, as everybody gets it who follows the same link. 304 where the client has it already. */
async function explorerPage(
  context: Context,
  request: IncomingMessage,
  options: ExplorerOptions,
): Promise<Page> {
  const origin = originFor(options.publicUrl)(request);
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const { url = "/" } = request;
  const key = `${origin} ${encoding} ${url}`;
  const pages = keptPages(context.snapshot);
  const kept = pages.get(key);
  if (kept !== undefined) return unlessHeld(request, kept);
  const since = await options.gate.charge(request, PAGE_COST);
  const site = siteOf(context, origin, since, options);
  const { status, type, text, policy } = await contentsOf(site, context, linkOf(url), options);
  if (status !== 200) return { status, type, body: text, headers: ["cache-control", "no-store"], policy };
  const made = await keptPage(context.snapshot.revision, encoding, { status, type, text, policy });
  pages.set(key, made);
  return unlessHeld(request, made);
}

function siteOf(context: Context, origin: string, since: number, { operations }: ExplorerOptions): Site {
  const { snapshot } = context;
  return {
    ask: askIn(context, operations, since),
    readPlan: (query) => readPlan(snapshot, query),
    draw: async (picture) => {
      const layout = await placed(snapshot, picture);
      return trusted(svgOf(picture, layout, { theme: "light", origin: "", isInline: true }));
    },
    origin,
    element: embedElement(),
  };
}

/** Where the server is found: as its settings say, or else as each client says. */
export function originFor(publicUrl: string | undefined): (request: IncomingMessage) => string {
  const origin = publicUrl?.replace(/\/+$/, "");
  return (request) => origin ?? originOf(request);
}

/** Where a client says that it found the server. */
function originOf({ headers }: IncomingMessage): string {
  const { host = "" } = headers;
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `http://${host}` : "";
}

/** The path and the query of the target of a request. */
function linkOf(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const at = url.indexOf("?");
  return at === -1
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) };
}
