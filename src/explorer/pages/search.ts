import type { EntityKind } from "../generated/search-page.ts";
import { type Html, html } from "../html.ts";
import { counted, type GoalType, linkTo, words } from "../parts.ts";
import type { Site, View } from "../site.ts";

const TYPES: Partial<Record<EntityKind, GoalType>> = {
  SKILL: "Skill",
  ROLE: "Role",
  ROADMAP: "Roadmap",
  PROJECT: "Project",
};

/** The kinds that a search can be narrowed to, by the names that links have. */
const KINDS = { skill: "SKILL", role: "ROLE", roadmap: "ROADMAP", project: "PROJECT" } as const;

function isKind(text: string): text is keyof typeof KINDS {
  return Object.hasOwn(KINDS, text);
}

/** Something that was found, as a link to its page. */
export function found(result: { kind: EntityKind; slug: string; name: string }): Html {
  const type = TYPES[result.kind];
  return type === undefined ? html`${result.name}` : linkTo(type, result);
}

/** What was searched for, best first; the next ones by a link. */
export async function searchPage({ ask }: Site, query: URLSearchParams): Promise<View> {
  const text = query.get("q")?.trim() ?? "";
  const after = query.get("after");
  const kind = query.get("kind") ?? "";
  const kinds = isKind(kind) ? [KINDS[kind]] : Object.values(KINDS);
  const page = { status: 200, description: "Search skills, roles, roadmaps and projects.", search: text };
  if (text === "")
    return {
      ...page,
      title: "Search · Skills graph",
      main: html`<h1>Search</h1><p>Type a few letters into the field above: a skill, a role, a roadmap or a project.</p>`,
    };
  const { search } = await ask("SearchPage", { query: text, after, kinds });
  const { nodes, totalCount, pageInfo } = search;
  const asked = new URLSearchParams({ q: text, ...(isKind(kind) && { kind }) });
  const next = `/search?${asked}&after=${encodeURIComponent(pageInfo.endCursor ?? "")}`;
  return {
    ...page,
    title: `${text} · Search · Skills graph`,
    main: html`<h1>${counted(totalCount, "result")} for “${text}”</h1>
<nav class="views" aria-label="What to search">${["", ...Object.keys(KINDS)].map((one) => {
      const href = `/search?${new URLSearchParams({ q: text, ...(one !== "" && { kind: one }) })}`;
      return html`<a href="${href}"${one === (isKind(kind) ? kind : "") && html` aria-current="true"`}>${one === "" ? "All" : `${one[0]?.toUpperCase()}${one.slice(1)}s`}</a>`;
    })}</nav>
${nodes.length === 0 && html`<p>Nothing is called that or has it in its description. Try one word, or <a href="/">begin with a role</a>.</p>`}
<ol class="results">${nodes.map(
      (result) => html`<li><h2>${found(result)}</h2> <small class="tag">${words(result.kind)}</small>
${result.matchedIn !== "NAME" && html`<small class="muted">found in ${words(result.matchedIn)}: ${result.matched}</small>`}
${"summary" in result.node && html`<p>${result.node.summary}</p>`}</li>`,
    )}</ol>
${pageInfo.hasNextPage && html`<p><a rel="next" href="${next}">More results</a></p>`}`,
  };
}
