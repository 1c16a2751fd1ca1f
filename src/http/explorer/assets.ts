import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import type { Assets } from "../../explorer/layout.ts";
import type { Site } from "../../explorer/site.ts";
import { asset, BUILT, hashedName } from "../assets.ts";
import { documentId } from "../graphql/persisted.ts";
import type { Page } from "../page.ts";
import { shippedText } from "./ask.ts";

/** Where browsers find the explorer's files. */
const ASSETS = "/assets/";

/** Where the script of the custom element is for ever, and where the newest is. */
const ELEMENT = "/embed/v1.js";
const NEWEST_ELEMENT = "/embed.js";

/** What describes the element for compilers and editors, by path: the type, and the file. */
const DESCRIPTIONS: Readonly<Record<string, readonly [type: string, file: string]>> = {
  "/embed/v1.d.ts": ["text/plain; charset=utf-8", "v1.d.ts"],
  "/embed/custom-elements.json": ["application/json; charset=utf-8", "custom-elements.json"],
};

/** Whether the path is that of a file about the custom element, and not of an embed. */
export function isOfElement(path: string): boolean {
  return path === ELEMENT || Object.hasOwn(DESCRIPTIONS, path);
}

/** How long a cache may use the newest script without asking, in seconds. */
const NEWEST_MAX_AGE = 3_600;

/** The files of pages, and what they link to. */
export function explorerAssets(hasPlayground: boolean): Assets {
  const link = (name: string) => {
    const hashed = hashedName("explorer", name);
    return hashed === undefined ? undefined : ASSETS + hashed;
  };
  return {
    style: link("style.css"),
    script: link("explorer.js"),
    frame: link("frame.js"),
    suggest: documentId(shippedText("DidYouMean")),
    ...(hasPlayground && { playground: "/playground" }),
  };
}

/** A file that a page of the explorer loads, or the custom element. */
export function explorerAsset(request: IncomingMessage, path: string): Page | undefined {
  if (path.startsWith(ASSETS)) return asset(request, "explorer", path.slice(ASSETS.length));
  if (path === ELEMENT) return asset(request, "element", "embed.js");
  const description = Object.hasOwn(DESCRIPTIONS, path) ? DESCRIPTIONS[path] : undefined;
  if (description !== undefined) return describing(...description);
  if (path !== NEWEST_ELEMENT) return undefined;
  const page = asset(request, "element", "embed.js");
  const headers = page?.headers?.map((text) =>
    text.includes("immutable") ? `public, max-age=${NEWEST_MAX_AGE}` : text,
  );
  return page && { ...page, headers };
}

function describing(type: string, name: string): Page | undefined {
  const file = join(BUILT, "element", name);
  if (!existsSync(file)) return undefined;
  return {
    status: 200,
    type,
    body: readFileSync(file),
    headers: ["cache-control", `public, max-age=${NEWEST_MAX_AGE}`],
  };
}

/** Read once, or each page would wait for the disk. */
let element: Site["element"] | undefined;

/** What the builder of embeds says about the custom element. */
export function embedElement(): Site["element"] {
  if (element !== undefined) return element;
  const file = join(BUILT, "element", "embed.js");
  if (!existsSync(file)) return { file: ELEMENT, integrity: "", size: 0 };
  const integrity = `sha384-${createHash("sha384").update(readFileSync(file)).digest("base64")}`;
  element = { file: ELEMENT, integrity, size: statSync(`${file}.br`).size };
  return element;
}
