import { chapters } from "../chapters.ts";
import type { ComparePageQuery } from "../generated/compare-page.ts";
import { type Html, html } from "../html.ts";
import { counted, hours, linkTo, type Named } from "../parts.ts";
import type { Site, View } from "../site.ts";

type Skills = readonly (Named & { readonly hours: number })[];

/** Two roles side by side: what they share, and what a change takes. */
export async function comparePage({ ask }: Site, query: URLSearchParams): Promise<View> {
  const from = query.get("from") ?? "";
  const to = query.get("to") ?? "";
  const { roles } = await ask("StartPage", {});
  const form = html`<form action="/compare" method="get" class="inline">${choice("from", "From", from, roles.nodes)}${choice("to", "To", to, roles.nodes)}<button>Compare</button></form>`;
  const isAsked = from !== "" && to !== "" && from !== to;
  const answer = isAsked ? (await ask("ComparePage", { roles: [from, to] })).compareRoles : undefined;
  const [pair] = answer?.__typename === "RoleComparison" ? answer.pairs : [];
  return {
    status:
      answer === undefined || pair !== undefined ? 200 : answer.__typename === "NotFoundError" ? 404 : 400,
    title: `${pair === undefined ? "Compare two roles" : `${pair.first.name} and ${pair.second.name} compared`} · Skills graph`,
    description: "What two roles share, what is different, and how many hours a change takes.",
    canonical: pair === undefined ? "/compare" : `/compare?from=${pair.first.slug}&to=${pair.second.slug}`,
    main: html`<h1>${pair === undefined ? "Compare two roles" : html`${pair.first.name} <span class="muted">and</span> ${pair.second.name}`}</h1>
${form}
${from !== "" && from === to && html`<p class="note">These are the same role: choose two.</p>`}
${answer !== undefined && "message" in answer && html`<p class="note">${answer.message}</p>`}
${pair !== undefined && comparison(pair)}`,
  };
}

function choice(name: string, label: string, chosen: string, roles: readonly Named[]): Html {
  return html`<label>${label} <select name="${name}"><option value="">Choose a role</option>${roles.map(
    (role) =>
      role.slug === chosen
        ? html`<option value="${role.slug}" selected>${role.name}</option>`
        : html`<option value="${role.slug}">${role.name}</option>`,
  )}</select></label>`;
}

type Pair = Extract<
  ComparePageQuery["compareRoles"],
  { readonly __typename: "RoleComparison" }
>["pairs"][number];

function comparison({ first, second, cheapest, firstToSecond, secondToFirst, hoursOfBoth }: Pair): Html {
  return html`<p class="facts"><span><strong>${Math.round(cheapest.byHours * 100)} %</strong> of the hours in common</span>
<span><strong>${hours(firstToSecond.totalHours)}</strong> from ${first.name} to ${second.name}</span>
<span><strong>${hours(secondToFirst.totalHours)}</strong> back</span> <span><strong>${hours(hoursOfBoth)}</strong> for both</span></p>
${shares([cheapest.onlyFirst, cheapest.shared, cheapest.onlySecond].map(hoursOf))}
<div class="columns compared">${skillList(`Only ${first.name}`, cheapest.onlyFirst)}${skillList("Both", cheapest.shared)}${skillList(`Only ${second.name}`, cheapest.onlySecond)}</div>
<section><h2>From ${first.name} to ${second.name}</h2>
${firstToSecond.totalSteps === 0 ? html`<p>Nothing is missing.</p>` : html`<p>${counted(firstToSecond.totalSteps, "step")}, ${hours(firstToSecond.totalHours)}.</p>`}
${chapters(firstToSecond.sections)}</section>`;
}

function hoursOf(skills: Skills): number {
  return skills.reduce((sum, skill) => sum + skill.hours, 0);
}

/** A bar with a part for each of some hours, as wide as its share. */
function shares(parts: readonly number[]): Html {
  const total = parts.reduce((sum, part) => sum + part, 0);
  if (total === 0) return html``;
  const rectangles = parts.map((part, at) => {
    const before = parts.slice(0, at).reduce((sum, one) => sum + one, 0);
    return html`<rect x="${before}" width="${part}" height="1"/>`;
  });
  return html`<svg class="shares" viewBox="0 0 ${total} 1" preserveAspectRatio="none" aria-hidden="true">${rectangles}</svg>`;
}

function skillList(heading: string, skills: Skills): Html {
  return html`<section><h2>${heading}</h2><p class="muted">${counted(skills.length, "skill")}, ${hours(hoursOf(skills))}</p>
<ul class="rows">${skills.map((skill) => html`<li>${linkTo("Skill", skill)} <small>${hours(skill.hours)}</small></li>`)}</ul></section>`;
}
