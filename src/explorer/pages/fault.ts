import { type Html, html } from "../html.ts";
import type { AskFault, Site, View } from "../site.ts";
import { found } from "./search.ts";

/** A page for what went wrong, with what to do about it. */
export function faultPage(status: number, heading: string, more: Html): View {
  return {
    status,
    title: `${heading} · Skills graph`,
    description: heading,
    main: html`<h1>${heading}</h1>${more}<p><a href="/">Begin with a role</a>, or search above.</p>`,
  };
}

/** The page for something that does not exist: what may have been meant, by the search. */
export async function missingPage({ ask }: Site, what: string, name: string): Promise<View> {
  const spelled = name.replaceAll("-", " ").slice(0, 80);
  const { nodes } =
    spelled.trim() === ""
      ? { nodes: [] }
      : (await ask("DidYouMean", { query: spelled, kinds: ["SKILL", "ROLE", "ROADMAP", "PROJECT"] })).search;
  return faultPage(
    404,
    `There is no ${what} “${name.slice(0, 80)}”`,
    html`${nodes.length > 0 && html`<p>Did you mean:</p><ul class="rows">${nodes.map((node) => html`<li>${found(node)}</li>`)}</ul>`}`,
  );
}

/** The page for a link that makes no sense. */
export function refusedPage(fault: AskFault): View {
  if (fault.code === "TOO_BUSY") return faultPage(503, "Too much at once", html`<p>${fault.message}</p>`);
  return faultPage(400, "This link does not work", html`<p>${fault.message}</p>`);
}
