import { type Html, html } from "./html.ts";
import { hours, linkTo, type Named } from "./parts.ts";

/** Steps of a path that belong to one topic. */
export interface Chapter {
  readonly topic: Named | null;
  /** Why the topic is entered again. */
  readonly returnsBecause: Named | null;
  readonly hours: number;
  readonly steps: readonly { readonly position: number; readonly hours: number; readonly skill: Named }[];
}

/** A path in short: under each topic its steps, numbered from the first to the last of the path. */
export function chapters(sections: readonly Chapter[]): Html {
  return html`<div class="chapters">${sections.map(chapter)}</div>`;
}

function chapter({ topic, returnsBecause, hours: all, steps }: Chapter): Html {
  const again = returnsBecause !== null && html`<small>again, after ${returnsBecause.name}</small>`;
  return html`<section><h3>${topic === null ? "More" : linkTo("Skill", topic)} ${again} <small>${hours(all)}</small></h3>
<ol class="flow" start="${steps[0]?.position ?? 1}">${steps.map((step) => html`<li>${linkTo("Skill", step.skill)} <small>${hours(step.hours)}</small></li>`)}</ol></section>`;
}
