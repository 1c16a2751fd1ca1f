import { type Html, html } from "../html.ts";
import { pathLink, valuesOf } from "../links.ts";
import { counted, hours, linkTo, listed } from "../parts.ts";
import type { Path } from "./path.ts";

type Known = Path["known"][number];
type Taken = Path["takenAsKnown"][number];

/** How many known skills are shown with what they cover, those that cover most hours. The others can be unfolded. */
const MAX_COVERING = 3;
/** How many skills are shown that one of them covers, those of most hours. */
const MAX_COVERED = 3;

/** What the learner has said to know, a tick each that can be taken back; then what else of `known` counts as known. */
export function knownItems(path: Path, known: readonly Known[]): Html {
  const taken = new Set(path.takenAsKnown.map(({ skill }) => skill.id));
  const implied = known.filter(({ id }) => taken.has(id));
  return html`${known.filter(({ id }) => !taken.has(id)).map(tickedItem)}${implied.length > 0 && html`<li class="step known implied"><p>Taken as known: ${listed(implied.map((skill) => linkTo("Skill", skill)))}.</p></li>`}`;
}

function tickedItem(skill: Known): Html {
  return html`<li class="step known" id="skill-${skill.slug}">
<label class="tick"><input type="checkbox" form="plan" name="known" value="${skill.slug}" checked><span class="visually-hidden">I know ${skill.name}</span></label>
<div class="what"><p class="name">${linkTo("Skill", skill)}</p></div></li>`;
}

/**
 * What counts as known beside what the learner has named, by the skill that covers it; how to disagree, with one skill or
 * with all that known skills stand on; and what was said of that before.
 */
export function takenAsKnown(path: Path, query: URLSearchParams): Html {
  const byCovering = new Map<string, Taken[]>();
  for (const one of path.takenAsKnown) {
    const covered = byCovering.get(one.because.id);
    if (covered === undefined) byCovering.set(one.because.id, [one]);
    else covered.push(one);
  }
  const items = [...byCovering.values()]
    .map((covered) => ({ covered, total: covered.reduce((sum, { skill }) => sum + skill.hours, 0) }))
    .sort((a, b) => b.total - a.total)
    .map(({ covered, total }) => coveredItem(covered, total, query));
  const rest = items.slice(MAX_COVERING);
  return html`${
    items.length > 0 &&
    html`<section class="taken" aria-labelledby="taken"><h2 id="taken">Taken as known <small>${counted(path.takenAsKnown.length, "skill")}</small></h2>
<p>Because of what you know. Strike off what you do not:</p>
<ul>${items.slice(0, MAX_COVERING)}</ul>${rest.length > 0 && html`<details><summary>${counted(rest.length, "other skill")} that you know</summary><ul>${rest}</ul></details>`}</section>`
  }${otherwise(path, query)}${denied(path, query)}`;
}

/** What one known skill covers: each a link by which the learner says not to know it. */
function coveredItem(covered: readonly Taken[], total: number, query: URLSearchParams): Html {
  const notKnown = valuesOf(query, "notKnown");
  const links = [...covered]
    .sort((a, b) => b.skill.hours - a.skill.hours)
    .map(({ skill }) => {
      const href = pathLink(query, { notKnown: [...notKnown, skill.slug] });
      return html`<a class="choice" rel="nofollow" href="${href}" aria-label="${skill.name}: I do not know it">${skill.name} <small aria-hidden="true">×</small></a> `;
    });
  const rest = links.slice(MAX_COVERED);
  return html`<li>${covered[0] && linkTo("Skill", covered[0].because)} <small>covers ${counted(covered.length, "skill")}, ${hours(total)}</small><br>${links.slice(0, MAX_COVERED)}${rest.length > 0 && html`<details><summary>${rest.length} more</summary>${rest}</details>`}</li>`;
}

/** What the path would be if known skills covered less, or more, than they do: a link that asks for it. */
function otherwise(
  { ifOnlyPartsKnown: less, ifPrerequisitesKnown: more }: Path,
  query: URLSearchParams,
): Html {
  if (less !== null)
    return html`<p class="offer">If you know only your skills and their parts: <a rel="nofollow" href="${pathLink(query, { knownImplies: "PARTS" })}">${hours(less.totalHours)}, ${counted(less.totalSteps, "step")}</a> <small>${hours(less.moreHours)} more</small></p>`;
  if (more !== null)
    return html`<p class="offer">If you also know what your skills stand on: <a rel="nofollow" href="${pathLink(query, { knownImplies: "" })}">${hours(more.totalHours)}, ${counted(more.totalSteps, "step")}</a> <small>${hours(more.savedHours)} less</small></p>`;
  if (query.get("knownImplies")?.toUpperCase() !== "NOTHING") return html``;
  return html`<p class="chosen">You know <a class="choice" rel="nofollow" href="${pathLink(query, { knownImplies: "" })}" aria-label="Only what you ticked: take it back">only what you ticked <small aria-hidden="true">×</small></a></p>`;
}

/** What the learner has said not to know, each of which can be taken back. */
function denied({ known }: Path, query: URLSearchParams): Html {
  // Who ticks a skill knows it after all.
  const had = new Set(known.map(({ slug }) => slug));
  const slugs = valuesOf(query, "notKnown");
  const shown = slugs.filter((slug) => !had.has(slug));
  if (shown.length === 0) return html``;
  return html`<p class="chosen">You do not know ${shown.map((slug) => {
    const href = pathLink(query, { notKnown: slugs.filter((other) => other !== slug) });
    return html`<a class="choice" rel="nofollow" href="${href}" aria-label="Not to know ${slug}: take it back">${slug} <small aria-hidden="true">×</small></a> `;
  })}</p>`;
}
