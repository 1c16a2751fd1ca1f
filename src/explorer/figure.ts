import { type Html, html } from "./html.ts";
import { AskFault, type Picture, type Site } from "./site.ts";

/** A picture in a page, beside which a list says the same. What cannot be drawn is told in its place. */
export async function figureOf(site: Site, picture: Picture, file?: string): Promise<Html> {
  const drawn = await site.draw(picture).catch((error: unknown) => {
    if (error instanceof AskFault && error.code === "TOO_LARGE")
      return html`<p class="note">${error.message}</p>`;
    throw error;
  });
  const caption = html`<figcaption>Prerequisites on the left. <span class="key"><i class="k-ready"></i>ready to learn</span> <span class="key"><i class="k-known"></i>✓ known</span> <span class="key"><i class="k-goal"></i>★ goal</span> <span class="key"><i class="k-or"></i>one of several</span>${file !== undefined && html` <a href="${file}">The picture alone</a>`}</figcaption>`;
  return html`<figure class="picture" data-picture><div class="canvas" tabindex="0" role="region" aria-label="Picture: ${picture.title}">${drawn}</div>${caption}</figure>`;
}
