import { figureOf } from "./figure.ts";
import { type Html, html } from "./html.ts";
import type { Assets } from "./layout.ts";
import { decoded } from "./links.ts";
import { hours, pageOf } from "./parts.ts";
import { type Pictured, pictureOf } from "./picture.ts";
import { AskFault, type Site } from "./site.ts";

/** What an embed says of itself. */
export interface Embed {
  readonly status: number;
  readonly title: string;
  readonly main: Html;
  readonly theme: Theme;
}

type Theme = "auto" | "light" | "dark";

/** Parameters that say how an embed looks, and nothing of the path. */
const OF_EMBEDS: ReadonlySet<string> = new Set(["view", "theme", "revision"]);

/** What a path of an embed names: `/embed/roles/backend-developer`, or `/embed/path?role=…`. */
export function embedLink(
  path: string,
): { readonly kind: Pictured | "path"; readonly slug: string } | undefined {
  if (path === "/embed/path") return { kind: "path", slug: "" };
  const found = /^\/embed\/(role|skill|roadmap)s?\/([^/]+)$/.exec(path);
  if (found === null) return undefined;
  const slug = decoded(found[2]!);
  return { kind: found[1] === "role" ? "roles" : found[1] === "skill" ? "skills" : "roadmaps", slug };
}

/** A roadmap for an iframe: a list of steps, or with `view=graph` a picture above it. Faults are told in the frame. */
export async function embedAt(site: Site, path: string, query: URLSearchParams): Promise<Embed> {
  const theme = themeOf(query.get("theme"));
  const link = embedLink(path);
  try {
    if (link === undefined) throw new AskFault("There is no such roadmap.", "NOT_FOUND");
    return { ...(await embedOf(site, link, query)), status: 200, theme };
  } catch (error) {
    if (!(error instanceof AskFault)) throw error;
    return refusedEmbed(error, query);
  }
}

/** A frame that says what is wrong with its link. */
export function refusedEmbed({ code, message }: AskFault, query: URLSearchParams): Embed {
  return {
    status: STATUSES[code] ?? 400,
    title: "No roadmap",
    theme: themeOf(query.get("theme")),
    // Where in the question it is says nothing to who reads a page.
    main: html`<p class="note">${message.replace(/ \(in input[^)]*\)/, "")}</p>`,
  };
}

/** The status of a frame for each code of a fault; 400 for others. */
const STATUSES: Readonly<Record<string, number>> = { NOT_FOUND: 404, GONE: 410, TOO_BUSY: 503 };

async function embedOf(
  site: Site,
  { kind, slug }: { kind: Pictured | "path"; slug: string },
  query: URLSearchParams,
): Promise<Pick<Embed, "title" | "main">> {
  const asked = new URLSearchParams(query);
  if (kind !== "path") asked.append(kind.slice(0, -1), slug);
  const { input, query: read } = site.readPlan(asked);
  // It lists steps and no projects, so its weeks are of these; and what a role asks for is a row, of which there are none
  // of an earlier revision.
  const { learningPath } = await site.ask("EmbedPath", { input: { ...input, projects: "NONE" } });
  if (learningPath.__typename !== "LearningPath")
    throw new AskFault(
      learningPath.message,
      learningPath.__typename === "NotFoundError" ? "NOT_FOUND" : "BAD_USER_INPUT",
    );
  const { goals, steps, known, takenAsKnown, totalHours, totalSteps, schedule } = learningPath;
  const covering = new Map(takenAsKnown.map(({ skill, because }) => [skill.id, because.name]));
  const title = goals.map(({ name }) => name).join(" and ");
  const full = new URLSearchParams([...read].filter(([name]) => !OF_EMBEDS.has(name)));
  const picture =
    query.get("view") === "graph"
      ? await figureOf(site, await pictureOf(site, kind, slug, query))
      : undefined;
  const isDated = schedule?.__typename === "LearningSchedule";
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="facts"><span><strong>${hours(totalHours)}</strong></span> <span>${totalSteps} steps</span>${isDated && html` <span>${schedule.totalWeeks} weeks</span>`}</p>
${picture}
<ol class="embed-steps">${known.map((skill) => html`<li class="known">${out(site, skill)} <small>${covering.has(skill.id) ? `with ${covering.get(skill.id)}` : "known"}</small></li>`)}${steps.map(
      ({ skill, position, hours: count }) =>
        html`<li value="${position}">${out(site, skill)} <small>${hours(count)}</small></li>`,
    )}</ol>
<p class="embed-source"><a href="${`${site.origin}/path?${full}`}" target="_blank" rel="noopener">Make it your own path on Skills graph</a></p>`,
  };
}

/** A link out of the frame. */
function out({ origin }: Site, { slug, name }: { slug: string; name: string }): Html {
  return html`<a href="${origin + pageOf("Skill", slug)}" target="_blank" rel="noopener">${name}</a>`;
}

function themeOf(text: string | null): Theme {
  return text === "light" || text === "dark" ? text : "auto";
}

/** The whole page of an embed. */
export function embedText({ title, main, theme }: Embed, assets: Assets): string {
  return html`<!doctype html>
<html lang="en"${theme !== "auto" && html` data-theme="${theme}"`} class="embed">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
${assets.style && html`<link rel="stylesheet" href="${assets.style}">`}
${assets.frame && html`<script type="module" src="${assets.frame}"></script>`}
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`.text;
}
