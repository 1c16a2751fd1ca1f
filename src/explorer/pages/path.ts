import { figureOf } from "../figure.ts";
import type { PathPageQuery } from "../generated/path-page.ts";
import { type Html, html } from "../html.ts";
import { pathLink, valuesOf } from "../links.ts";
import { counted, hours, linkTo, listed } from "../parts.ts";
import { pictureOf } from "../picture.ts";
import type { Site, View } from "../site.ts";
import { isUnder } from "../topics.ts";
import { faultPage, missingPage } from "./fault.ts";
import { pathAside } from "./path-aside.ts";
import { knownItems } from "./path-known.ts";
import { stepItem } from "./path-step.ts";

type Answer = PathPageQuery["learningPath"];
export type Path = Extract<Answer, { readonly __typename: "LearningPath" }>;
export type Step = Path["steps"][number];

const GOALS = ["role", "skill", "project", "roadmap"] as const;

/** A learner's own path: the link says the goals, what is known and chosen, and the time there is. */
export async function pathPage(site: Site, given: URLSearchParams): Promise<View> {
  const { input, query } = site.readPlan(given);
  if (input.goals.length === 0) return goalPage(site);
  const { learningPath } = await site.ask("PathPage", { input });
  if (learningPath.__typename !== "LearningPath") return faultOf(site, learningPath, query);
  const goals = learningPath.goals.map(({ name }) => name).join(" and ");
  const picture =
    query.get("view") === "graph"
      ? await figureOf(site, await pictureOf(site, "path", "", query), {
          path: "/path",
          query,
          file: "/path.svg",
        })
      : undefined;
  const facts = `${counted(learningPath.totalSteps, "step")}, ${hours(learningPath.totalHours)}`;
  return {
    status: 200,
    title: `The path to ${goals}: ${facts} · Skills graph`,
    description: `The cheapest way to ${goals}: ${facts}, why each step, and who says so.`,
    canonical: pathLink(
      new URLSearchParams([...query].filter(([name]) => GOALS.some((goal) => goal === name))),
    ),
    about: {
      "@type": "ItemList",
      name: `The path to ${goals}`,
      numberOfItems: learningPath.totalSteps,
      itemListElement: learningPath.steps.map(({ position, skill }) => ({
        "@type": "ListItem",
        position,
        name: skill.name,
        url: `${site.origin}/skills/${skill.slug}`,
      })),
    },
    embeddable: pathLink(query),
    main: pathMain(learningPath, query, picture),
  };
}

/** The values of `view`, and what they are called. */
const VIEWS = [
  ["", "By topic"],
  ["order", "In order"],
  ["graph", "Picture"],
] as const;

function pathMain(path: Path, query: URLSearchParams, picture: Html | undefined): Html {
  const view = query.get("view") ?? "";
  const isInOrder = view === "order" || view === "graph";
  return html`<div class="path" data-path>
<div class="path-head">
<p class="eyebrow">The cheapest path to</p>
<h1>${listed(path.goals.map((goal) => linkTo(goal.__typename, goal)))}</h1>
${path.ignored.length > 0 && html`<p class="note">Passed over, since the graph does not have it: ${path.ignored.map(({ slug }) => slug).join(", ")}.</p>`}
</div>
${pathAside(path, query)}
<div class="path-list">
<nav class="views" aria-label="How to show the steps">${VIEWS.map(([name, label]) => html`<a href="${pathLink(query, { view: name })}"${view === name && html` aria-current="true"`}>${label}</a>`)}</nav>
${picture}
${path.totalSteps === 0 && html`<p class="note">Nothing is left to learn: you are there.</p>`}
${isInOrder ? section(path, query, undefined, path.steps, named(path)) : sections(path, query)}
</div></div>`;
}

/**
 * The sections of the path; what is known stands where its topic begins, or in a last one. What is only taken as known is
 * left out of that: all of it is in the plan at the side.
 */
function sections(path: Path, query: URLSearchParams): Html[] {
  const steps = new Map(path.steps.map((step) => [step.id, step]));
  const known = new Set(path.known);
  const times = new Map<string, number>();
  const parts = path.sections.map(({ topic, returnsBecause, steps: mine }) => {
    const name = topic?.slug ?? "more";
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    const had = [...known].filter((skill) => topic !== null && isUnder(topic.slug, skill));
    for (const skill of had) known.delete(skill);
    const heading =
      topic !== null &&
      html`${topic.name}${returnsBecause !== null && html` <small>again, after ${returnsBecause.name}</small>`}`;
    return section(
      path,
      query,
      { id: `topic-${name}-${time}`, heading: heading || "More" },
      mine.flatMap(({ id }) => steps.get(id) ?? []),
      had,
    );
  });
  const rest = named(path).filter((skill) => known.has(skill));
  return rest.length === 0
    ? parts
    : [...parts, section(path, query, { id: "topic-known", heading: "What you know" }, [], rest)];
}

/** What the learner has said to know. */
function named({ known, takenAsKnown }: Path): Path["known"][number][] {
  const taken = new Set(takenAsKnown.map(({ skill }) => skill.id));
  return known.filter(({ id }) => !taken.has(id));
}

function section(
  path: Path,
  query: URLSearchParams,
  headed: { readonly id: string; readonly heading: Html | string } | undefined,
  steps: readonly Step[],
  known: readonly Path["known"][number][],
): Html {
  const total = steps.reduce((sum, step) => sum + step.hours, 0);
  return html`<section class="topic"${headed === undefined ? html` aria-label="All steps"` : html` id="${headed.id}" aria-labelledby="${headed.id}-name"`}>
${headed !== undefined && html`<h2 id="${headed.id}-name">${headed.heading} <small>${steps.length === 0 ? "known" : hours(total)}</small></h2>`}
<ol class="steps">${knownItems(path, known)}${steps.map((step) => stepItem(path, step, query))}</ol></section>`;
}

/** The form for links without goals. */
async function goalPage({ ask }: Site): Promise<View> {
  const { roles } = await ask("StartPage", {});
  return {
    status: 200,
    title: "Find a path · Skills graph",
    description: "Choose a goal and get the cheapest path to it.",
    canonical: "/path",
    main: html`<h1>Where do you want to go?</h1>
<p>Search for a skill above, or choose a role:</p>
<ul class="rows">${roles.nodes.map((role) => html`<li><a href="/path?role=${encodeURIComponent(role.slug)}">${role.name}</a> <small>${role.hours !== null && hours(role.hours)}</small></li>`)}</ul>`,
  };
}

function faultOf(site: Site, answer: Exclude<Answer, Path>, query: URLSearchParams): View | Promise<View> {
  const back = html`<p><a href="${pathLink(query, { choose: "", avoid: "" })}">Try it without what you chose and avoid</a>.</p>`;
  if (answer.__typename !== "NotFoundError")
    return faultPage(
      400,
      "There is no such path",
      html`<p>${answer.message.replaceAll("input.", "")}</p>${back}`,
    );
  const [first] = answer.unknown;
  if (first === undefined) return faultPage(404, "There is no such path", html`<p>${answer.message}</p>`);
  const kind = first.kind.toLowerCase();
  if (first.suggestions.length === 0) return missingPage(site, kind, first.slug);
  const meant = first.suggestions.map((slug) => {
    const named = GOALS.filter((name) => valuesOf(query, name).includes(first.slug));
    const change = named.map((name) => [
      name,
      valuesOf(query, name).map((value) => (value === first.slug ? slug : value)),
    ]);
    return html`<li><a href="${pathLink(query, Object.fromEntries(change))}">${slug}</a></li>`;
  });
  return faultPage(
    404,
    `There is no ${kind} “${first.slug}”`,
    html`<p>Did you mean:</p><ul class="rows">${meant}</ul>`,
  );
}
