import { type Embed, embedAt, embedText, refusedEmbed } from "../../explorer/embed.ts";
import { type Assets, pageText } from "../../explorer/layout.ts";
import { oembed } from "../../explorer/oembed.ts";
import { AskFault, type Site } from "../../explorer/site.ts";
import { sitemap } from "../../explorer/sitemap.ts";
import { viewAt } from "../../explorer/views.ts";
import type { Asker } from "../../workers/ask.ts";
import { explorerAssets } from "./assets.ts";
import type { ExplorerOptions } from "./pages.ts";
import { PICTURE_POLICY, pictureFile, pictureLink } from "./pictures.ts";
import { pagePolicy } from "./policy.ts";

/** What is sent for a link, before it is compressed and kept. */
export interface Contents {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** Its content security policy; absent: that of data. */
  readonly policy?: string;
}

export interface Link {
  readonly path: string;
  readonly query: URLSearchParams;
}

const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

/** The status of an answer for each code of a fault; 400 for others. */
const STATUSES: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  NOT_IMPLEMENTED: 501,
  TOO_BUSY: 503,
};

/** The page, picture, embed or list at a link. */
export async function contentsOf(
  site: Site,
  asker: Asker,
  { path, query }: Link,
  { hasPlayground, embedOrigins = "*" }: ExplorerOptions,
): Promise<Contents> {
  const assets = explorerAssets(hasPlayground);
  const picture = pictureLink(path);
  if (picture !== undefined)
    return orFault(async () => ({
      ...(await pictureFile(site, asker, picture, query)),
      policy: PICTURE_POLICY,
    }));
  if (path === "/oembed")
    return orFault(async () => ({ type: JSON_TYPE, text: JSON.stringify(await oembed(site, query)) }));
  if (path === "/sitemap.xml")
    return { status: 200, type: "application/xml; charset=utf-8", text: await sitemap(site) };
  if (path.startsWith("/embed/"))
    return embedContents(await embedAt(site, path, query), assets, embedOrigins);
  const view = await viewAt(site, path, query);
  return {
    status: view.status,
    type: HTML,
    text: pageText(view, site.origin, assets),
    policy: pagePolicy("'none'"),
  };
}

/** What a frame says whose link is refused before anything is asked. */
export function refusedContents(
  fault: AskFault,
  { query }: Link,
  { hasPlayground, embedOrigins = "*" }: ExplorerOptions,
): Contents {
  return embedContents(refusedEmbed(fault, query), explorerAssets(hasPlayground), embedOrigins);
}

function embedContents(embed: Embed, assets: Assets, origins: string): Contents {
  return {
    status: embed.status,
    type: HTML,
    text: embedText(embed, assets),
    policy: pagePolicy(origins),
  };
}

/** Programs ask for these, so they get a fault as JSON. */
async function orFault(make: () => Promise<Omit<Contents, "status">>): Promise<Contents> {
  try {
    return { status: 200, ...(await make()) };
  } catch (error) {
    if (!(error instanceof AskFault)) throw error;
    const { message, code, suggestions } = error;
    const status = STATUSES[code] ?? 400;
    return { status, type: JSON_TYPE, text: `${JSON.stringify({ message, code, suggestions })}\n` };
  }
}
