import { type Html, html } from "../html.ts";
import { pathLink, valuesOf } from "../links.ts";
import { hours, linkOut, linkTo, listed, shortDay, sourcesInShort } from "../parts.ts";
import type { Path, Step } from "./path.ts";

/** How many of those that need a step are named. */
const MAX_NEEDED_FOR = 3;

/** A step: a tick, what to learn, why, what else would do and at what price, and who says so. */
export function stepItem(path: Path, step: Step, query: URLSearchParams): Html {
  const { skill, position } = step;
  const end =
    path.schedule?.__typename === "LearningSchedule"
      ? path.schedule.items.find(({ subject }) => subject.id === skill.id)?.endOn
      : undefined;
  const planned = (path.plannedProjects?.milestones ?? []).filter((one) => one.position === position);
  const projects = (path.milestones ?? []).filter(
    (one) => one.position === position && !planned.some(({ project }) => project.id === one.project.id),
  );
  const instead = alternatives(step, query);
  return html`<li class="step" id="skill-${skill.slug}" value="${position}">
<label class="tick"><input type="checkbox" form="plan" name="known" value="${skill.slug}"><span class="visually-hidden">I know ${skill.name}</span></label>
<div class="what">
<p class="name"><span class="number">${position}</span> ${linkTo("Skill", skill)} <small class="hours">${hours(step.hours)}${end !== undefined && html` <span class="muted">by ${shortDay(end)}</span>`}</small></p>
<p class="summary">${skill.summary}</p>
<p class="why">${why(step)}</p>
${instead.length > 0 && html`<p class="instead">Or instead: ${instead}</p>`}
${preferred(step)}
${planned.map(({ project, hours: extra }) => html`<p class="milestone planned">Now carry out: ${linkTo("Project", project)} <small>${hours(extra)}</small></p>`)}
${projects.map(({ project }) => html`<p class="milestone">You can build it now: ${linkTo("Project", project)}</p>`)}
<div class="more">${sourcesInShort(step.because.requirements.flatMap(({ node }) => node.citations))}${
    (step.resources ?? []).length > 0 &&
    html`<details><summary>Learn it with <small>${step.resources?.length}</small></summary><ul class="rows">${step.resources?.map(
      (resource) =>
        html`<li>${linkOut(resource.name, resource.url)}${resource.cost && html` <small class="tag">${resource.cost.toLowerCase()}</small>`}</li>`,
    )}</ul></details>`
  }</div>
</div></li>`;
}

function why({ because }: Step): Html {
  if (because.isGoal) return html`It is your goal.`;
  const needed = because.requiredBy;
  const named = needed.slice(0, MAX_NEEDED_FOR).map((goal) => linkTo(goal.__typename, goal));
  const more = needed.length - named.length;
  if (more > 0) named.push(html`${more} more`);
  if (named.length > 0) return html`${because.isChosen && "You chose it. "}Needed for ${listed(named)}.`;
  return because.isOptional ? html`Optional for your goal.` : html`You chose it.`;
}

/** What is said of alternatives that take as long, by what decided. */
const PASSED_OVER = {
  SUPPORT: "As long, but less supported by documents",
  DEMAND: "As long, but named by fewer roles",
  STEPS: "As long, but in more steps",
  ORDER: "As long, and as good",
} as const;
const REASONS = ["SUPPORT", "DEMAND", "STEPS", "ORDER"] as const;

/** Why the step was preferred to what takes as long: a sentence for each reason. */
function preferred({ preferredBecause }: Step): Html {
  const sentences = REASONS.flatMap((reason) => {
    const others = preferredBecause
      .filter(({ by }) => by === reason)
      .map(({ alternative }) => alternative.skill);
    const each = [...new Map(others.map((skill) => [skill.id, linkTo("Skill", skill)])).values()];
    return each.length === 0 ? [] : html`${PASSED_OVER[reason]}: ${listed(each)}. `;
  });
  return html`${sentences.length > 0 && html`<p class="why">${sentences}</p>`}`;
}

function alternatives(step: Step, query: URLSearchParams): Html[] {
  const chosen = valuesOf(query, "choose").filter((slug) => slug !== step.skill.slug);
  // What is proved to lead nowhere is no choice.
  const open = step.alternatives.filter(({ extraHours, isExact }) => extraHours !== null || !isExact);
  return open.map(({ skill, extraHours, isExact }) => {
    if (extraHours === null)
      return html`<span class="choice muted">${skill.name} <small>no way found</small></span> `;
    const price = `${isExact ? "" : "about "}${extraHours < 0 ? "−" : "+"}${hours(Math.abs(extraHours))}`;
    const href = pathLink(query, { choose: [...chosen, skill.slug] });
    return html`<a class="choice" rel="nofollow" href="${href}">${skill.name} <small>${price}</small></a> `;
  });
}
