import { html } from "../html.ts";
import { counted, linkOut, linkTo, listed, sourcesInShort } from "../parts.ts";
import { requirementTree } from "../requirement.ts";
import type { Site, View } from "../site.ts";

/** An author's list of steps, each with what it asks for and where it stands. */
export async function roadmapPage({ ask, origin }: Site, slug: string): Promise<View> {
  const { roadmap } = await ask("RoadmapPage", { slug });
  const { name, summary, steps, ordered } = roadmap;
  return {
    status: 200,
    title: `${name}: a roadmap in ${counted(steps.length, "step")} · Skills graph`,
    description: summary,
    canonical: `/roadmaps/${slug}`,
    embeddable: `/roadmaps/${slug}`,
    about: {
      "@type": "ItemList",
      name,
      description: summary,
      url: `${origin}/roadmaps/${slug}`,
      numberOfItems: steps.length,
      itemListElement: steps.map((step) => ({
        "@type": "ListItem",
        position: step.position,
        name: step.name,
      })),
    },
    main: html`<article>
<p class="eyebrow">Roadmap</p>
<h1>${name}</h1>
<p class="summary">${summary}</p>
<p class="facts"><span>${counted(steps.length, "step")}</span> <span>${ordered ? "in this order" : "in any order"}</span></p>
${sourcesInShort(roadmap.citations)}
<p><a class="button" href="/path?roadmap=${encodeURIComponent(slug)}">The cheapest path through all of it</a> <a class="button quiet" href="/roadmaps/${slug}.svg">As a picture</a></p>
<ol class="steps plain">${steps.map(
      (step) => html`<li class="step" id="step-${step.position}"><h2>${step.name}</h2>
<p>${step.summary}</p>
${requirementTree(step.requirementNodes)}
${step.resources.length > 0 && html`<p>Learn with ${listed(step.resources.map((one) => linkOut(one.name, one.url)))}.</p>`}
${step.projects.length > 0 && html`<p>Practise with ${listed(step.projects.map((one) => linkTo("Project", one)))}.</p>`}
${sourcesInShort(step.citations)}</li>`,
    )}</ol>
</article>`,
  };
}
