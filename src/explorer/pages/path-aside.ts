import { type Html, html } from "../html.ts";
import { pathLink, valuesOf } from "../links.ts";
import { counted, day, HOURS_A_WEEK, hours, linkTo, listed, shortDay, weeks } from "../parts.ts";
import type { Path } from "./path.ts";
import { takenAsKnown } from "./path-known.ts";

/** What the form has fields for; everything else in the link is passed on unseen. */
const FIELDS: ReadonlySet<string> = new Set([
  "known",
  "weeklyHours",
  "startOn",
  "projects",
  "offFrom",
  "offThrough",
]);

/** Hours, dates and choices of a path, and the form that asks anew. */
export function pathAside(path: Path, query: URLSearchParams): Html {
  const hidden = [...query].filter(([name]) => !FIELDS.has(name));
  return html`<aside class="plan" aria-label="Your plan">
<p class="total"><strong>${hours(path.totalHours)}</strong> <span>${counted(path.totalSteps, "step")}</span></p>
<p class="muted">${proof(path)}</p>
${projects(path)}
${time(path)}
${takenAsKnown(path, query)}
<form id="plan" action="/path" method="get">
${hidden.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>Hours a week <input type="number" name="weeklyHours" min="0.5" max="168" step="0.5" inputmode="decimal" value="${query.get("weeklyHours")}" placeholder="${HOURS_A_WEEK}"></label>
<label>Start on <input type="date" name="startOn" value="${query.get("startOn")}"></label>
<label>Projects <select name="projects">${(["none", "core", "few", "all"] as const).map((value) =>
    (query.get("projects") ?? "core").toLowerCase() === value
      ? html`<option value="${value}" selected>${PROJECTS[value]}</option>`
      : html`<option value="${value}">${PROJECTS[value]}</option>`,
  )}</select></label>
<details class="off"><summary>Days off</summary><fieldset><legend class="visually-hidden">Days off</legend><label>From <input type="date" name="offFrom"></label> <label>Through <input type="date" name="offThrough"></label></fieldset></details>
<button>Update the path</button>
</form>
${daysOff(query)}
${chosen(query, "choose", "You chose")}
${chosen(query, "avoid", "You avoid")}
${milestones(path)}
<p class="files">${path.calendar && html`<a href="${path.calendar}" download>Calendar (.ics)</a> `}${path.checklist && html`<a href="${path.checklist}">Checklist (.md)</a>`}</p>
</aside>`;
}

const PROJECTS = {
  none: "No time for them",
  core: "Those the role asks for",
  few: "A few",
  all: "All on the way",
} as const;

/** The hours that projects add, and how much of the path they practise. */
function projects({ plannedProjects, totalSteps }: Path): Html {
  if (plannedProjects === null) return html``;
  const { milestones, hours: extra, coverage, leftOut } = plannedProjects;
  const practised = Math.round(coverage * totalSteps);
  return html`${milestones.length > 0 && html`<p class="projects">And ${hours(extra)} for ${counted(milestones.length, "project")}, which ${milestones.length === 1 ? "practises" : "practise"} ${practised} of ${counted(totalSteps, "step")}.</p>`}${leftOut.length > 0 && html`<p class="muted">The role also asks for what needs other skills than these: ${listed(leftOut.map((one) => linkTo(one.__typename, one)))}.</p>`}`;
}

function proof({ isOptimal, lowerBoundHours }: Path): string {
  if (isOptimal) return "Proved: no path takes fewer hours.";
  return `No path takes fewer than ${hours(lowerBoundHours)}.`;
}

function time({ schedule, totalHours, plannedProjects }: Path): Html {
  if (schedule === null)
    return html`<p>About ${weeks(totalHours + (plannedProjects?.hours ?? 0))} at ${HOURS_A_WEEK} h a week. Give hours and a start for a date.</p>`;
  if (schedule.__typename !== "LearningSchedule") return html`<p class="note">${schedule.message}</p>`;
  if (schedule.finishOn === null)
    return html`<p>In ${counted(schedule.totalWeeks, "week")}. Give a start for a date.</p>`;
  return html`<p class="finish">Done on <strong><time datetime="${schedule.finishOn}">${day(schedule.finishOn)}</time></strong>, in ${counted(schedule.totalWeeks, "week")}.</p>`;
}

/** The ranges of days off, each of which can be taken back. */
function daysOff(query: URLSearchParams): Html {
  const ranges = valuesOf(query, "daysOff");
  if (ranges.length === 0) return html``;
  return html`<p class="chosen">Off ${ranges.map((range) => {
    const [from = "", through = from] = range.split("..");
    const days = from === through ? shortDay(from) : `${shortDay(from)} to ${shortDay(through)}`;
    const href = pathLink(query, { daysOff: ranges.filter((other) => other !== range) });
    return html`<a class="choice" rel="nofollow" href="${href}" aria-label="Days off, ${days}: take them back">${days} <small aria-hidden="true">×</small></a> `;
  })}</p>`;
}

/** What can be built on the way, and from when. */
function milestones({ milestones }: Path): Html {
  if (milestones === null || milestones.length === 0) return html``;
  return html`<details class="milestones"><summary>Milestones on the way <small>${milestones.length}</small></summary><ol>${milestones.map(
    ({ project, position, feasibleOn }) =>
      html`<li>${linkTo("Project", project)} <small>${position === 0 ? "now" : `after step ${position}`}${feasibleOn !== null && html`, ${shortDay(feasibleOn)}`}</small></li>`,
  )}</ol></details>`;
}

function chosen(query: URLSearchParams, name: "choose" | "avoid", heading: string): Html {
  const slugs = valuesOf(query, name);
  if (slugs.length === 0) return html``;
  return html`<p class="chosen">${heading} ${slugs.map((slug) => {
    const href = pathLink(query, { [name]: slugs.filter((other) => other !== slug) });
    return html`<a class="choice" rel="nofollow" href="${href}" aria-label="${slug}: take it back">${slug} <small aria-hidden="true">×</small></a> `;
  })}</p>`;
}
