import { type Html, html } from "../html.ts";
import { hours, pageOf } from "../parts.ts";
import type { Site, View } from "../site.ts";

const THEMES = ["auto", "light", "dark"] as const;
const VIEWS = ["list", "graph"] as const;

/** Makes the two ways to put a roadmap on a page, with a preview of the chosen one. */
export async function embedBuilderPage(site: Site, query: URLSearchParams): Promise<View> {
  const { roles } = await site.ask("StartPage", {});
  const slug = query.get("role") || roles.nodes[0]?.slug || "";
  const theme = THEMES.find((one) => one === query.get("theme")) ?? "auto";
  const view = VIEWS.find((one) => one === query.get("view")) ?? "list";
  const known = query.get("known") ?? "";
  const height = Math.min(Math.max(Number(query.get("height")) || 600, 200), 2_000);
  const role = roles.nodes.find((one) => one.slug === slug);
  const name = role?.name ?? slug;
  const isPinned = query.has("pinned");
  const parameters = new URLSearchParams({
    ...(known && { known }),
    ...(theme !== "auto" && { theme }),
    ...(view !== "list" && { view }),
    ...(isPinned && { revision: String(site.revision) }),
  });
  const source = `/embed/roles/${encodeURIComponent(slug)}${parameters.size > 0 ? `?${parameters}` : ""}`;
  const { file, integrity } = site.element;
  const hasList = query.has("list");
  const inside = hasList
    ? await stepsOf(site, slug, known)
    : html`<a href="${`${site.origin}/roles/${slug}`}">Roadmap: ${name}</a>`;
  const frame = html`<iframe src="${site.origin + source}" title="${`Roadmap: ${name}`}" width="100%" height="${height}" frameborder="0" loading="lazy"></iframe>`;
  const element = html`<script type="module" src="${site.origin + file}" integrity="${integrity}" crossorigin="anonymous"></script>
<skill-roadmap role="${slug}"${known && html` known="${known}"`}${theme !== "auto" && html` theme="${theme}"`}>
  ${inside}
</skill-roadmap>`;
  return {
    status: 200,
    title: "Put a roadmap on your page · Skills graph",
    description:
      "An iframe or a custom element: copy a few lines, and your page has a roadmap with hours and sources.",
    canonical: "/embed",
    main: html`<h1>Put a roadmap on your page</h1>
<form action="/embed" method="get" class="inline" data-builder>
${choice(
  "role",
  "Role",
  slug,
  roles.nodes.map((one) => [one.slug, one.name]),
)}
${choice(
  "theme",
  "Theme",
  theme,
  THEMES.map((one) => [one, one]),
)}
${choice(
  "view",
  "View",
  view,
  VIEWS.map((one) => [one, one]),
)}
<label>Known skills <input name="known" value="${known}" placeholder="git,python"></label>
<label>Height <input type="number" name="height" min="200" max="2000" value="${height}"></label>
<div class="checks"><label class="check"><input type="checkbox" name="pinned"${isPinned && html` checked`}> <span>Stay as it is today</span></label>
<label class="check"><input type="checkbox" name="list"${hasList && html` checked`}> <span>Steps inside the element</span></label>
<button>Show</button></div></form>
<section><h2>As a frame</h2><p>Works without script. It tells its height to the page around it by a message of type <code>skills-graph:resize</code>.${isPinned && html` It shows revision ${site.revision} whatever is changed later; a much later day, when the change log does not reach back so far, it says so.`}</p>
${code("Code of the frame", 3, frame)}</section>
<section><h2>As an element</h2><p>A list in your page’s own style, ${site.element.size.toLocaleString("en-GB")} bytes compressed. Events: <code>skill-select</code>, <code>progress-change</code>, <code>path-change</code>. What stands inside is shown without script. With a height in your style sheet, such as <code>skill-roadmap { display: block; height: ${height}px }</code>, nothing on your page moves when it loads. <a href="/embed/v1.d.ts">Types</a>, also for JSX, and a <a href="/embed/custom-elements.json">manifest</a> for editors.</p>
${code("Code of the element", 6, element)}</section>
<section><h2>Preview</h2><iframe class="preview" src="${source}" title="${`Preview: ${name}`}" height="${height}"></iframe></section>`,
  };
}

/** Code to copy, by a button where there is script. */
function code(name: string, rows: number, { text }: Html): Html {
  return html`<div class="code"><textarea readonly rows="${rows}" aria-label="${name}" spellcheck="false">${text}</textarea><button type="button" class="copy" aria-label="Copy the ${name[0]?.toLowerCase()}${name.slice(1)}">Copy</button></div>`;
}

/** The steps as a list, for readers and search engines that run no script. */
async function stepsOf(site: Site, role: string, known: string): Promise<Html> {
  const { input } = site.readPlan(new URLSearchParams({ role, ...(known && { known }) }));
  const { learningPath } = await site.ask("EmbedPath", { input });
  if (learningPath.__typename !== "LearningPath") return html`${learningPath.message}`;
  return html`<ol>${learningPath.steps.map(
    ({ skill, hours: count }) => html`
    <li><a href="${site.origin + pageOf("Skill", skill.slug)}">${skill.name}</a> ${hours(count)}</li>`,
  )}
  </ol>`;
}

function choice(
  name: string,
  label: string,
  chosen: string,
  options: readonly (readonly [string, string])[],
): Html {
  return html`<label>${label} <select name="${name}">${options.map(([value, text]) =>
    value === chosen
      ? html`<option value="${value}" selected>${text}</option>`
      : html`<option value="${value}">${text}</option>`,
  )}</select></label>`;
}
