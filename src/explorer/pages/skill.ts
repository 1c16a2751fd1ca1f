import { figureOf } from "../figure.ts";
import type { SkillPageQuery } from "../generated/skill-page.ts";
import { type Html, html } from "../html.ts";
import { pathLink } from "../links.ts";
import {
  counted,
  type GoalType,
  hours,
  linkOut,
  linkTo,
  listed,
  source,
  sourcesInShort,
  words,
} from "../parts.ts";
import { DEFAULT_DEPTH, MAX_DEPTH, pictureOf } from "../picture.ts";
import { requirementSentence, requirementTree } from "../requirement.ts";
import type { Site, View } from "../site.ts";

type Skill = NonNullable<SkillPageQuery["skill"]>;

/** In how many roles a page says where its skill stands: each takes a search. */
const MAX_STANDINGS = 12;

/** Everything about a skill. */
export async function skillPage(site: Site, slug: string, query: URLSearchParams): Promise<View> {
  const { skill } = await site.ask("SkillPage", { slug });
  const shown = new URLSearchParams([...query].filter(([name]) => name === "depth" || name === "expand"));
  const picture = await pictureOf(site, "skills", slug, shown);
  const path = `/path?skill=${encodeURIComponent(slug)}`;
  const parts = skill.parts.map(({ part }) => linkTo("Skill", part));
  return {
    status: 200,
    title: `${skill.name}: what it needs and what it unlocks · Skills graph`,
    description: `${skill.name}, ${words(skill.kind)}, about ${hours(skill.hours)}. ${skill.summary}`,
    canonical: `/skills/${slug}`,
    embeddable: `/skills/${slug}`,
    about: {
      "@type": "DefinedTerm",
      name: skill.name,
      alternateName: skill.aliases,
      description: skill.summary,
      termCode: slug,
      url: `${site.origin}/skills/${slug}`,
      inDefinedTermSet: `${site.origin}/`,
    },
    main: html`<article class="skill">
${skill.partOf.length > 0 && html`<p class="eyebrow">${listed(skill.partOf.map(({ whole }) => linkTo("Skill", whole)))}</p>`}
<h1>${skill.name}</h1>
<p class="facts"><span class="tag">${words(skill.kind)}</span>${skill.level && html` <span class="tag">${words(skill.level)}</span>`} <span><strong>${hours(skill.hours)}</strong></span> <span>named by ${counted(skill.agreement, "document")}</span></p>
<p class="summary">${skill.summary}</p>
${skill.aliases.length > 0 && html`<p class="muted">Also called ${skill.aliases.join(", ")}.</p>`}
<p><a class="button" href="${path}">Find the way to ${skill.name}</a></p>
<section><h2>What it needs</h2>${requirementSentence(skill.requirementNodes)}${requirementTree(skill.requirementNodes)}</section>
${await figureOf(site, picture, { path: `/skills/${slug}`, query: shown, file: `/skills/${slug}.svg`, choices: depths(slug, shown) })}
<section><h2>What it unlocks</h2>${unlocked(skill)}</section>
${await standings(site, skill)}
${parts.length > 0 && html`<section><h2>Parts</h2><p>${listed(parts)}</p></section>`}
${
  skill.taughtBy.length > 0 &&
  html`<section><h2>Learn it with</h2><ul class="rows">${skill.taughtBy.map(
    ({ resource }) =>
      html`<li>${linkOut(resource.name, resource.url)} <small class="tag">${words(resource.kind)}</small>${resource.cost && html` <small class="tag">${words(resource.cost)}</small>`} <span class="muted">${resource.summary}</span></li>`,
  )}</ul></section>`
}
${
  skill.practisedBy.length > 0 &&
  html`<section><h2>Practise it</h2><ul class="rows">${skill.practisedBy.map(
    ({ project }) =>
      html`<li>${linkTo("Project", project)} <span class="muted">${project.summary}</span></li>`,
  )}</ul></section>`
}
${
  skill.notes.length > 0 &&
  html`<section><h2>Notes</h2><ul class="rows">${skill.notes.map(
    (note) =>
      html`<li><small class="tag">${words(note.kind)}</small> ${note.text}${sourcesInShort(note.citations)}</li>`,
  )}</ul></section>`
}
<section><h2>Who says so</h2>${citationTable(skill)}</section>
</article>`,
  };
}

/** How far back the picture goes: a choice for each depth. */
function depths(slug: string, query: URLSearchParams): Html {
  const now = query.get("depth") || String(DEFAULT_DEPTH);
  return html`<nav class="views" aria-label="How far back the picture goes">${[1, 2, MAX_DEPTH].map(
    (depth) => {
      const href = pathLink(
        query,
        { depth: depth === DEFAULT_DEPTH ? "" : String(depth) },
        `/skills/${slug}`,
      );
      return html`<a rel="nofollow" href="${href}"${now === String(depth) && html` aria-current="true"`}>${depth === 1 ? "What it needs" : counted(depth, "step")}${depth > 1 && " back"}</a>`;
    },
  )}</nav>`;
}

const HEADINGS: Readonly<Record<GoalType, string>> = {
  Skill: "Skills",
  Project: "Projects",
  Role: "Roles",
  Roadmap: "Roadmaps",
};

function unlocked({ name, unlocks, requiredBy }: Skill): Html {
  const goals = new Map([...unlocks.map(({ goal }) => goal), ...requiredBy].map((goal) => [goal.id, goal]));
  if (goals.size === 0) return html`<p>Nothing in this graph asks for ${name}.</p>`;
  const types: readonly GoalType[] = ["Skill", "Project", "Role", "Roadmap"];
  return html`<dl class="unlocks">${types.map((type) => {
    const links = [...goals.values()]
      .filter(({ __typename }) => __typename === type)
      .map((goal) => linkTo(type, goal));
    return links.length > 0 && html`<dt>${HEADINGS[type]}</dt><dd>${listed(links)}</dd>`;
  })}</dl>`;
}

/** Where the skill stands on the cheapest path to each role. */
async function standings({ ask }: Site, skill: Skill): Promise<Html> {
  const { roles } = await ask("StartPage", {});
  const rows = await Promise.all(
    roles.nodes.slice(0, MAX_STANDINGS).map(async (role) => {
      const { explain } = await ask("Standing", {
        skill: skill.slug,
        input: { goals: [{ role: role.slug }], effort: "INSTANT" },
      });
      if (explain.__typename !== "Explanation" || explain.verdict === "NOT_RELEVANT") return undefined;
      const { step, path, text } = explain;
      const place = step === null ? "an alternative" : `step ${step.position} of ${path.totalSteps}`;
      return html`<tr><th scope="row">${linkTo("Role", role)}</th><td>${place}</td><td>${text}</td></tr>`;
    }),
  );
  const told = rows.filter((row) => row !== undefined);
  if (told.length === 0) return html``;
  return html`<section><h2>Where it stands in each role</h2><div class="scroll" tabindex="0" role="region" aria-label="Where it stands in each role"><table><thead><tr><th scope="col">Role</th><th scope="col">Place</th><th scope="col">Why</th></tr></thead><tbody>${told}</tbody></table></div></section>`;
}

function citationTable({ citations }: Skill): Html {
  if (citations.length === 0)
    return html`<p class="editorial">No document names it: the entry is this graph’s own (editorial).</p>`;
  return html`<ul class="sources">${citations.map((one) => html`<li>${source(one)}</li>`)}</ul>`;
}
