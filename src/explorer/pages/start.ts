import { html } from "../html.ts";
import { counted, hours, linkTo, weeks } from "../parts.ts";
import type { Site, View } from "../site.ts";

/** Where a visit begins: one field, and the roles with what they take. */
export async function startPage({ ask, origin }: Site): Promise<View> {
  const { roles, roadmaps, graph } = await ask("StartPage", {});
  const { skills, resources, projects, documents } = graph.counts;
  return {
    status: 200,
    title: "Skills graph: the cheapest way to what you want to become",
    description:
      "Choose a role or a skill and get the path of the fewest hours: what to learn in which order, why each step, how long it takes, and who says so.",
    canonical: "/",
    about: {
      "@type": "WebSite",
      name: "Skills graph",
      url: `${origin}/`,
      potentialAction: {
        "@type": "SearchAction",
        target: `${origin}/search?q={query}`,
        "query-input": "required name=query",
      },
    },
    main: html`<section class="hero">
<h1>What do you want to become or learn?</h1>
<form action="/search" method="get" class="find">
<input type="search" name="q" aria-label="A role, a skill or a project" placeholder="Backend developer, Docker, SQL …" maxlength="200" autocomplete="off" required>
<button>Find the way</button>
</form>
<p class="muted">The fewest hours to your goal, why each step, and who says so: ${counted(skills, "skill")}, ${counted(resources, "resource")} and ${counted(projects, "project")}${documents > 0 && html` from ${counted(documents, "document")}, cited to the line`}.</p>
</section>
<section aria-labelledby="roles"><h2 id="roles">Roles</h2>
${roles.nodes.length === 0 && html`<p>This graph has no roles yet. Search for a skill instead.</p>`}
<ul class="cards">${roles.nodes.map(
      (role) => html`<li class="card"><h3>${linkTo("Role", role)}</h3>
<p>${role.summary}</p>
<p class="figure">${role.hours === null ? "No path yet" : html`<strong>${hours(role.hours)}</strong> about ${weeks(role.hours)} at 10 h`}</p></li>`,
    )}</ul>
${roles.totalCount > roles.nodes.length && html`<p>And ${counted(roles.totalCount - roles.nodes.length, "role")} more: search for them.</p>`}
</section>
${
  roadmaps.nodes.length > 0 &&
  html`<section aria-labelledby="roadmaps"><h2 id="roadmaps">Roadmaps of the documents</h2>
<ul class="rows">${roadmaps.nodes.map((roadmap) => html`<li>${linkTo("Roadmap", roadmap)} <span class="muted">${roadmap.summary}</span></li>`)}</ul></section>`
}`,
  };
}
