import { hash } from "node:crypto";
import { type Pictured, pictureOf } from "../../explorer/picture.ts";
import { AskFault, type Site } from "../../explorer/site.ts";
import { AUTO_STYLE, svgOf, type Theme } from "../../render/svg.ts";
import { dotOf, jsonOf, mermaidOf } from "../../render/text-formats.ts";
import type { Asker } from "../../workers/ask.ts";
import { placed } from "./draw.ts";

type Format = "svg" | "dot" | "mmd" | "json";

const TYPES: Readonly<Record<Format, string>> = {
  svg: "image/svg+xml; charset=utf-8",
  dot: "text/vnd.graphviz; charset=utf-8",
  mmd: "text/plain; charset=utf-8",
  json: "application/json; charset=utf-8",
};

/** A picture that is opened by itself runs nothing, and is styled by nothing but what we know. */
export const PICTURE_POLICY = `default-src 'none'; style-src 'sha256-${hash("sha256", AUTO_STYLE, "base64")}'; frame-ancestors *`;

interface PictureLink {
  readonly kind: Pictured | "path";
  readonly slug: string;
  readonly format: Format;
}

/** What picture a path names, such as `/skills/git.svg`; `undefined`: none. */
export function pictureLink(path: string): PictureLink | undefined {
  const found = /^\/(?:(roles|skills|roadmaps)\/([^/.]+)|path)\.(svg|dot|mmd|json)$/.exec(path);
  if (found === null) return undefined;
  const [, kind, slug = "", format] = found;
  return {
    kind: kind === "roles" || kind === "skills" || kind === "roadmaps" ? kind : "path",
    slug,
    format: format === "dot" || format === "mmd" || format === "json" ? format : "svg",
  };
}

/** A picture as a file. Throws an `AskFault`. */
export async function pictureFile(
  site: Site,
  asker: Asker,
  { kind, slug, format }: PictureLink,
  query: URLSearchParams,
): Promise<{ readonly type: string; readonly text: string }> {
  const theme = themeOf(query.get("theme"));
  const picture = await pictureOf(site, kind, slug, query);
  const { origin } = site;
  const type = TYPES[format];
  if (format === "dot") return { type, text: dotOf(picture, origin) };
  if (format === "mmd") return { type, text: mermaidOf(picture) };
  const layout = await placed(asker, picture);
  if (format === "json") return { type, text: jsonOf(picture, layout) };
  return { type, text: svgOf(picture, layout, { theme, origin, isInline: false }) };
}

function themeOf(text: string | null): Theme {
  if (text === null || text === "") return "auto";
  if (text === "light" || text === "dark" || text === "auto") return text;
  throw new AskFault(
    `Expected theme to be light, dark or auto, got ${JSON.stringify(text.slice(0, 20))}.`,
    "BAD_USER_INPUT",
  );
}
