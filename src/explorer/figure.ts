import { type Html, html } from "./html.ts";
import { pathLink, valuesOf } from "./links.ts";
import { listed } from "./parts.ts";
import { AskFault, type Picture, type Site } from "./site.ts";

/** The page that a picture stands in. */
interface Place {
  /** Its path, such as /skills/git. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The picture as a file. */
  readonly file: string;
  /** Ways to see more or less of it. */
  readonly choices?: Html;
}

/**
 * A picture in a page, beside which a list says the same. What cannot be drawn is told in its place. Where the page is known,
 * links show what is around each skill, and lead to the picture as it is.
 */
export async function figureOf(site: Site, picture: Picture, place?: Place): Promise<Html> {
  const shown = place === undefined ? picture : growing(picture, place);
  const drawn = await site.draw(shown).catch((error: unknown) => {
    if (error instanceof AskFault && error.code === "TOO_LARGE")
      return html`<p class="note">${error.message}</p>`;
    throw error;
  });
  return html`<figure class="picture" data-picture>${place?.choices}<div class="frame"><div class="canvas" tabindex="0" role="region" aria-label="Picture: ${picture.title}"><div class="stage">${drawn}</div></div></div>
<figcaption>Prerequisites on the left. <span class="key"><i class="k-ready"></i>▸ ready to learn</span> <span class="key"><i class="k-known"></i>✓ known</span> <span class="key"><i class="k-goal"></i>★ goal</span> <span class="key"><i class="k-or"></i>one of several</span>${place && html` <a href="${pathLink(place.query, {}, place.file)}">The picture alone</a> <a class="permalink" href="${pathLink(place.query, {}, place.path)}">Link to this view</a>`}</figcaption>
${place && asList(shown)}</figure>`;
}

/** The picture with links that show what is around its skills as well. */
function growing(picture: Picture, { path, query }: Place): Picture {
  const expanded = valuesOf(query, "expand");
  const grow = (href: string) => {
    const slug = /^\/skills\/([^/]+)$/.exec(href)?.[1];
    if (slug === undefined || href === path || expanded.includes(slug)) return undefined;
    return pathLink(query, { expand: [...expanded, slug] }, path);
  };
  return { ...picture, nodes: picture.nodes.map((node) => ({ ...node, grow: grow(node.href) })) };
}

const STATES = {
  known: "known",
  ready: "ready to learn",
  locked: "needs others first",
  goal: "goal",
} as const;

function asList({ nodes, edges }: Picture): Html {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const needs = new Map<string, Html[]>();
  for (const { prerequisite, dependent, isAlternative } of edges) {
    const label = byId.get(prerequisite)?.label ?? "";
    const list = needs.get(dependent) ?? [];
    needs.set(dependent, list);
    list.push(html`${label}${isAlternative && " (or another)"}`);
  }
  return html`<details class="as-list"><summary>The picture as a list <small>${nodes.length}</small></summary><ul class="rows">${nodes.map(
    ({ id, href, label, state, grow }) =>
      html`<li><a href="${href}">${label}</a> <small>${STATES[state]}</small>${needs.has(id) && html` <span class="muted">needs ${listed(needs.get(id) ?? [])}</span>`}${grow !== undefined && html` <a class="more-around" rel="nofollow" href="${grow}" aria-label="Show what is around ${label}">Show more around it</a>`}</li>`,
  )}</ul></details>`;
}
