import { type Html, html, jsonData } from "./html.ts";
import type { View } from "./site.ts";

/** What pages load and link to on the same server; absent where it is not there. */
export interface Assets {
  readonly style?: string;
  readonly script?: string;
  /** The script of embeds. */
  readonly frame?: string;
  readonly playground?: string;
  /** The id of the operation that suggests what is searched for. */
  readonly suggest?: string;
}

/** A whole page around the main part of a view. */
export function pageText(view: View, origin: string, assets: Assets): string {
  const { title, description, canonical, about } = view;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
${
  canonical === undefined
    ? html`<meta name="robots" content="noindex">`
    : html`<link rel="canonical" href="${origin + canonical}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${origin}${canonical}">`
}
${view.embeddable && html`<link rel="alternate" type="application/json+oembed" title="${title}" href="${`${origin}/oembed?url=${encodeURIComponent(origin + view.embeddable)}`}">`}
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${assets.style && html`<link rel="stylesheet" href="${assets.style}">`}
${assets.script && html`<script type="module" src="${assets.script}"></script>`}
${about && html`<script type="application/ld+json">${jsonData({ "@context": "https://schema.org", ...about })}</script>`}
</head>
<body${assets.suggest && html` data-suggest="${assets.suggest}"`}>
<a class="skip" href="#main">Skip to the contents</a>
${header(view)}
<main id="main" tabindex="-1">
${view.main}
</main>
<footer>
<p>Every fact names the document and line it comes from, or says that it is editorial.</p>
<nav aria-label="More"><a href="/compare">Compare roles</a> <a href="/embed">Embed a roadmap</a> ${assets.playground && html`<a href="${assets.playground}">GraphQL playground</a>`}</nav>
</footer>
</body>
</html>
`.text;
}

function header({ search = "" }: View): Html {
  return html`<header>
<a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6.5 17 12M6 17.5 17 12"/><circle cx="5" cy="6" r="3"/><circle cx="5" cy="18" r="3"/><circle cx="18" cy="12" r="4"/></svg>Skills graph</a>
<search><form action="/search" method="get"><input type="search" name="q" value="${search}" aria-label="Search skills, roles and roadmaps" placeholder="Search" maxlength="200" autocomplete="off"></form></search>
</header>`;
}

/** The icon of the site: what is needed on the left, what it unlocks on the right. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><g stroke="#0f766e" stroke-width="2"><path d="M6 6.5 17 12M6 17.5 17 12"/></g><g fill="#0f766e"><circle cx="5" cy="6" r="3"/><circle cx="5" cy="18" r="3"/><circle cx="18" cy="12" r="4"/></g></svg>
`;
