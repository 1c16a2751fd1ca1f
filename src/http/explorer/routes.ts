import type { IncomingMessage } from "node:http";
import { ICON } from "../../explorer/layout.ts";
import { asset } from "../assets.ts";
import { prefersJson } from "../graphql/media-types.ts";
import { jsonPage, type Page } from "../page.ts";
import { PLAYGROUND_ASSETS } from "../playground/page.ts";
import { explorerAsset } from "./assets.ts";

type Route = (request: IncomingMessage) => Page | Promise<Page>;

/** The paths of the explorer that are always there; see `isExplored` for those of things. */
export function explorerRoutes(explorer: Route, endpoint: string): Readonly<Record<string, Route>> {
  /** What programs find at the start, where people find the explorer. */
  const start = {
    graphql: endpoint,
    schema: "/schema.graphql",
    explorer: "/",
    playground: "/playground",
    sitemap: "/sitemap.xml",
    health: "/health",
    ready: "/ready",
  };
  const robots = `User-agent: *\nDisallow: ${endpoint}\nDisallow: /search\nSitemap: /sitemap.xml\n`;
  return {
    "/": (request) => (prefersJson(request.headers.accept) ? jsonPage(200, start) : explorer(request)),
    "/sitemap.xml": explorer,
    "/icon.svg": () => ({ status: 200, type: "image/svg+xml", body: ICON }),
    "/robots.txt": () => ({ status: 200, type: "text/plain; charset=utf-8", body: robots }),
  };
}

/** A file that a page loads. */
export function assetAt(request: IncomingMessage, path: string, hasPlayground: boolean): Page | undefined {
  if (!hasPlayground || !path.startsWith(PLAYGROUND_ASSETS)) return explorerAsset(request, path);
  return asset(request, "playground", path.slice(PLAYGROUND_ASSETS.length));
}
