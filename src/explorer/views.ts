import { html } from "./html.ts";
import { decoded } from "./links.ts";
import { comparePage } from "./pages/compare.ts";
import { embedBuilderPage } from "./pages/embed-builder.ts";
import { faultPage, missingPage, refusedPage } from "./pages/fault.ts";
import { pathPage } from "./pages/path.ts";
import { roadmapPage } from "./pages/roadmap.ts";
import { rolePage } from "./pages/role.ts";
import { searchPage } from "./pages/search.ts";
import { skillPage } from "./pages/skill.ts";
import { startPage } from "./pages/start.ts";
import { AskFault, type Site, type View } from "./site.ts";

/** The pages of things that have a slug. */
const THINGS = { skills: skillPage, roles: rolePage, roadmaps: roadmapPage } as const;

function isThing(text: string): text is keyof typeof THINGS {
  return Object.hasOwn(THINGS, text);
}

/** The other pages. */
const PAGES: Readonly<Record<string, (site: Site, query: URLSearchParams) => Promise<View>>> = {
  "/": startPage,
  "/path": pathPage,
  "/compare": comparePage,
  "/search": searchPage,
  "/embed": embedBuilderPage,
};

/** Whether the explorer has a page at a path, were the slug in it right. */
export function hasPage(path: string): boolean {
  const [, kind = "", slug, ...more] = path.split("/");
  return (
    Object.hasOwn(PAGES, path) || (isThing(kind) && slug !== undefined && slug !== "" && more.length === 0)
  );
}

/** The page at a path, or one that says what is wrong with the link. For paths without a page: what may be meant. */
export async function viewAt(site: Site, path: string, query: URLSearchParams): Promise<View> {
  try {
    const page = Object.hasOwn(PAGES, path) ? PAGES[path] : undefined;
    if (page !== undefined) return await page(site, query);
    const [, kind = "", name = ""] = path.split("/");
    if (!hasPage(path) || !isThing(kind)) return faultPage(404, "There is no such page", html``);
    return await thingPage(site, kind, decoded(name), query);
  } catch (error) {
    if (error instanceof AskFault) return refusedPage(error);
    throw error;
  }
}

async function thingPage(
  site: Site,
  kind: keyof typeof THINGS,
  slug: string,
  query: URLSearchParams,
): Promise<View> {
  try {
    return await THINGS[kind](site, slug, query);
  } catch (error) {
    if (error instanceof AskFault && error.code === "NOT_FOUND")
      return missingPage(site, kind.slice(0, -1), slug);
    throw error;
  }
}
