import type { IncomingMessage } from "node:http";
import { LRUCache } from "lru-cache";
import { atOneRevision, type Context, type createContext } from "../../api/context.ts";
import { memo } from "../../api/core/run.ts";
import { trusted } from "../../explorer/html.ts";
import { AskFault, type Site } from "../../explorer/site.ts";
import { hasPage } from "../../explorer/views.ts";
import { svgOf } from "../../render/svg.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Store } from "../../store/store.ts";
import type { Asker } from "../../workers/ask.ts";
import type { OperationCache } from "../execution/operation-cache.ts";
import type { Gate } from "../gate.ts";
import { encodingFor } from "../graphql/media-types.ts";
import { isHost } from "../host.ts";
import { type KeptPage, keptPage, unlessHeld } from "../kept-page.ts";
import { EARLIER_GRAPH_COST, MAX_EXPLORER_BYTES, PAGE_COST } from "../limits.ts";
import type { Page } from "../page.ts";
import { priceOfPlan, usedOf } from "../plan/price.ts";
import { askIn } from "./ask.ts";
import { embedElement, isOfElement } from "./assets.ts";
import { type Contents, contentsOf, type Link, refusedContents } from "./contents.ts";
import { placed } from "./draw.ts";
import { pictureLink } from "./pictures.ts";
import { type EarlierGraphs, earlierGraphs, pinned, pinOf } from "./pinned.ts";
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
  const earlier = earlierGraphs();
  return (request) =>
    atOneRevision(
      store,
      () => contextOf(store, request),
      (context) => explorerPage(context, request, options, earlier),
    );
}

/** Whether a path is of the explorer, were the names in it right. */
export function isExplored(path: string): boolean {
  if (isOfElement(path)) return false;
  return hasPage(path) || path === "/oembed" || path.startsWith("/embed/") || pictureLink(path) !== undefined;
}

/** A page of the explorer, as everybody gets it who follows the same link. 304 where the client has it already. */
async function explorerPage(
  now: Context,
  request: IncomingMessage,
  options: ExplorerOptions,
  earlier: EarlierGraphs,
): Promise<Page> {
  const { url = "/" } = request;
  const link = linkOf(url);
  const context = await contextOfLink(now, link, earlier, () =>
    options.gate.charge(request, EARLIER_GRAPH_COST),
  );
  if (context instanceof AskFault) return faultyPage(refusedContents(context, link, options));
  const origin = originFor(options.publicUrl)(request);
  const encoding = encodingFor(request.headers["accept-encoding"]);
  const key = `${origin} ${encoding} ${url}`;
  const pages = keptPages(context.snapshot);
  const kept = pages.get(key);
  if (kept !== undefined) return unlessHeld(request, kept);
  const price = priceOfPlan(link.query, PAGE_COST);
  const since = await options.gate.charge(request, price);
  const asker = { graph: context.snapshot.graph, since };
  const site = siteOf(context, origin, asker, options);
  const contents = await contentsOf(site, asker, link, options);
  options.gate.settle(request, price, usedOf(price, PAGE_COST, context.spent));
  if (contents.status !== 200) return faultyPage(contents);
  const made = await keptPage(context.snapshot.revision, encoding, contents);
  pages.set(key, made);
  return unlessHeld(request, made);
}

function faultyPage({ status, type, text, policy }: Contents): Page {
  return { status, type, body: text, headers: ["cache-control", "no-store"], policy };
}

/** The context at the revision that a link is pinned to, or of now; what is wrong with the link. */
async function contextOfLink(
  now: Context,
  { path, query }: Link,
  earlier: EarlierGraphs,
  charge: () => Promise<unknown>,
): Promise<Context | AskFault> {
  try {
    const revision = pinOf(path, query);
    return revision === undefined ? now : await pinned(now, revision, earlier, charge);
  } catch (error) {
    if (error instanceof AskFault) return error;
    throw error;
  }
}

function siteOf(context: Context, origin: string, asker: Asker, { operations }: ExplorerOptions): Site {
  const { snapshot } = context;
  return {
    ask: askIn(context, operations, asker.since),
    readPlan: (query) => readPlan(snapshot, query),
    draw: async (picture) => {
      const layout = await placed(asker, picture);
      return trusted(svgOf(picture, layout, { theme: "light", origin: "", isInline: true }));
    },
    revision: snapshot.revision,
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
  return isHost(host) ? `http://${host}` : "";
}

/** The path and the query of the target of a request. */
function linkOf(url: string): Link {
  const at = url.indexOf("?");
  return at === -1
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, at), query: new URLSearchParams(url.slice(at + 1)) };
}
