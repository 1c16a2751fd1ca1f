import type { Basis, WordsFragment } from "./generated/path-page.ts";
import { type Html, html, safeHref } from "./html.ts";

const AND = new Intl.ListFormat("en-GB");
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A thing that has a page. */
export interface Named {
  readonly slug: string;
  readonly name: string;
}

/** The kinds of things that can be learned or reached. */
export type GoalType = "Skill" | "Role" | "Roadmap" | "Project";

/** `12.5 h`. */
export function hours(count: number): string {
  return `${count.toLocaleString("en-GB")} h`;
}

/** `1 step`, `2 steps`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
}

/** `4 January 2027` of 2027-01-04. */
export function day(date: string): string {
  return DAY.format(new Date(`${date}T00:00:00Z`));
}

/** `4 Jan 2027` of 2027-01-04; a text that is no date as it is. */
export function shortDay(date: string): string {
  const time = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(time.getTime()) ? date : SHORT_DAY.format(time);
}

/** How long some hours take a learner with ten a week, in words. */
export function weeks(count: number): string {
  return counted(Math.ceil(count / HOURS_A_WEEK), "week");
}
/** What is assumed of learners who have not said. */
export const HOURS_A_WEEK = 10;

/** `SOFT_SKILL` as people write it. */
export function words(constant: string): string {
  return constant.toLowerCase().replaceAll("_", " ");
}

/** The page of something. A project has none of its own: its page is the path to it. */
export function pageOf(type: GoalType, slug: string): string {
  const name = encodeURIComponent(slug);
  if (type === "Project") return `/path?project=${name}`;
  return `/${type.toLowerCase()}s/${name}`;
}

export function linkTo(type: GoalType, { slug, name }: Named): Html {
  return html`<a href="${pageOf(type, slug)}">${name}</a>`;
}

/** "a, b and c" with links, or whatever the items are. */
export function listed(items: readonly Html[], format: Intl.ListFormat = AND): (Html | string)[] {
  let next = 0;
  return format
    .formatToParts(items.map(() => "x"))
    .map(({ type, value }) => (type === "element" ? items[next++]! : value));
}

/** A link off this site; the name alone where the link is none of the web. */
export function linkOut(name: string, url: string | null): Html {
  const href = url === null ? undefined : safeHref(url);
  return href === undefined ? html`${name}` : html`<a href="${href}" rel="noopener external">${name}</a>`;
}

const BASES: Readonly<Record<Basis, string>> = {
  EXPLICIT: "says so",
  IMPLIED: "implies it",
  ORDERING: "puts one before the other",
  EDITORIAL: "our estimate",
};

/** A line of a document, as a sentence. */
export function source({ document, section, line, mention, basis }: WordsFragment): Html {
  return html`<q>${mention}</q> <cite>${document.name}</cite>, ${section && html`${section.name}, `}line ${line} <small class="basis">${BASES[basis]}</small>`;
}

/** The lines that support something; what is said where none does. */
export function sources(citations: readonly WordsFragment[]): Html {
  if (citations.length === 0)
    return html`<p class="editorial">No document says this: it is this graph’s own (editorial).</p>`;
  return html`<ul class="sources">${citations.map((one) => html`<li>${source(one)}</li>`)}</ul>`;
}

/** Who says it, in a line that opens to where. */
export function sourcesInShort(citations: readonly WordsFragment[], summary = "Who says so"): Html {
  const documents = new Set(citations.map(({ document }) => document.name));
  const count = documents.size === 0 ? "editorial" : counted(documents.size, "document");
  return html`<details class="who"><summary>${summary} <small>${count}</small></summary>${sources(citations)}</details>`;
}
