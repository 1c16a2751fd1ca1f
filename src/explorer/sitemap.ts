import { escaped } from "./html.ts";
import { pageOf } from "./parts.ts";
import type { Site } from "./site.ts";

/** A sitemap may list 50,000 links (sitemaps.org); this many pages of skills are asked for at most. */
const MAX_PAGES = 400;

/** The pages of the site for search engines. */
export async function sitemap({ ask, origin }: Site): Promise<string> {
  const { roles, roadmaps } = await ask("StartPage", {});
  const links = [
    "/",
    "/compare",
    ...roles.nodes.map(({ slug }) => pageOf("Role", slug)),
    ...roadmaps.nodes.map(({ slug }) => pageOf("Roadmap", slug)),
  ];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { skills }: Awaited<ReturnType<typeof ask<"SitemapPage">>> = await ask("SitemapPage", { after });
    links.push(...skills.nodes.map(({ slug }) => pageOf("Skill", slug)));
    if (!skills.pageInfo.hasNextPage) break;
    after = skills.pageInfo.endCursor;
  }
  const urls = links.map((link) => `<url><loc>${escaped(origin + link)}</loc></url>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join("")}</urlset>
`;
}
