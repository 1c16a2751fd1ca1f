import { chapters } from "../chapters.ts";
import { figureOf } from "../figure.ts";
import type { RolePageQuery } from "../generated/role-page.ts";
import { type Html, html } from "../html.ts";
import { counted, hours, linkTo, sourcesInShort, weeks, words } from "../parts.ts";
import { pictureOf } from "../picture.ts";
import { requirementTree } from "../requirement.ts";
import type { Site, View } from "../site.ts";

/** What a role asks for, and the cheapest path to it. */
export async function rolePage(site: Site, slug: string, query: URLSearchParams): Promise<View> {
  const { ask, origin } = site;
  const { role, learningPath } = await ask("RolePage", { slug, input: { goals: [{ role: slug }] } });
  const pathHref = `/path?role=${encodeURIComponent(slug)}`;
  return {
    status: 200,
    title: `How to become: ${role.name} · Skills graph`,
    description: `${role.summary}${role.hours === null ? "" : ` The cheapest path takes ${hours(role.hours)}.`}`,
    canonical: `/roles/${slug}`,
    embeddable: `/roles/${slug}`,
    about: {
      "@type": "Occupation",
      name: role.name,
      alternateName: role.aliases,
      description: role.summary,
      url: `${origin}/roles/${slug}`,
      responsibilities: role.responsibilities.map(({ name }) => name),
      skills:
        learningPath.__typename === "LearningPath"
          ? learningPath.sections.flatMap(({ steps }) => steps.map(({ skill }) => skill.name))
          : [],
    },
    main: html`<article>
<p class="eyebrow">Role</p>
<h1>${role.name}</h1>
<p class="summary">${role.summary}</p>
${role.aliases.length > 0 && html`<p class="muted">Also called ${role.aliases.join(", ")}.</p>`}
${role.hours !== null && html`<p class="facts"><span><strong>${hours(role.hours)}</strong> from nothing</span> <span>about ${weeks(role.hours)} at 10 h a week</span></p>`}
<p><a class="button" href="${pathHref}">Make it my path</a> <a class="button quiet" href="/compare?from=${encodeURIComponent(slug)}">Compare with another role</a></p>
<section><h2>The cheapest path</h2>${pathList(learningPath)}
${learningPath.__typename === "LearningPath" && (await pictureFigure(site, slug, query))}</section>
<section><h2>What it asks for</h2>${requirementTree(role.requirementNodes)}</section>
${
  role.optionalSkills.length > 0 &&
  html`<section><h2>Good to have</h2><ul class="rows many">${role.optionalSkills.map(
    ({ skill, reason }) =>
      html`<li>${linkTo("Skill", skill)} <small>${hours(skill.hours)}</small>${reason !== null && html` <span class="muted">${reason}</span>`}</li>`,
  )}</ul></section>`
}
${
  role.responsibilities.length > 0 &&
  html`<section><h2>What one does all day</h2><ul class="rows">${role.responsibilities.map(
    ({ name, summary, citations }) =>
      html`<li><strong>${name}</strong> <span class="muted">${summary}</span>${sourcesInShort(citations)}</li>`,
  )}</ul></section>`
}
${
  role.marketFacts.length > 0 &&
  html`<section><h2>The market</h2><ul class="rows">${role.marketFacts.map(
    ({ kind, summary, citations }) =>
      html`<li><small class="tag">${words(kind)}</small> ${summary}${sourcesInShort(citations)}</li>`,
  )}</ul></section>`
}
<section><h2>Who says so</h2>${sourcesInShort(role.citations, "The role itself")}</section>
</article>`,
  };
}

function pictureFigure(site: Site, slug: string, given: URLSearchParams): Promise<Html> {
  const query = new URLSearchParams([...given].filter(([name]) => name === "expand"));
  return pictureOf(site, "roles", slug, query).then((picture) =>
    figureOf(site, picture, { path: `/roles/${slug}`, query, file: `/roles/${slug}.svg` }),
  );
}

function pathList(path: RolePageQuery["learningPath"]): Html {
  if (path.__typename !== "LearningPath") return html`<p class="note">${path.message}</p>`;
  return html`<p>${counted(path.totalSteps, "step")}, ${hours(path.totalHours)}${path.isOptimal && ": proved to be the fewest"}.</p>
${chapters(path.sections)}`;
}
