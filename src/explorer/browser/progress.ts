import { say } from "./bar.ts";

/** Where the last path is kept: in this browser, and nowhere else. */
const KEY = "skills-graph:path";

interface Kept {
  readonly href: string;
  readonly title: string;
  /** The slugs of the skills that were ticked off, with commas. */
  readonly known: string;
}

/** What is kept, if there is something and the browser lets it be read. */
function kept(): Kept | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "null");
    if (typeof value !== "object" || value === null) return undefined;
    const { href, title, known }: Record<string, unknown> = { ...value };
    if (typeof href !== "string" || typeof title !== "string" || typeof known !== "string") return undefined;
    return href.startsWith("/path?") ? { href, title, known } : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the path that is shown. The link has all of it; what is kept is where to go on next time. */
export function keepPath(): void {
  const known = new URL(location.href).searchParams.getAll("known").join(",");
  const title = document.title.replace(/ · [^·]*$/, "");
  try {
    localStorage.setItem(KEY, JSON.stringify({ href: location.pathname + location.search, title, known }));
  } catch {
    // A browser that keeps nothing: the link is still the whole state.
  }
}

/** Offers to go on with the path of the last visit. */
export function offerPath(): void {
  const path = kept();
  if (path === undefined || location.pathname !== "/") return;
  const forget = () => localStorage.removeItem(KEY);
  say(
    path.title,
    [
      { label: "Go on", href: path.href },
      { label: "Forget it", act: forget },
    ],
    true,
  );
}

/** Lets links to a new path begin with what was ticked off before. Links of a path carry their own state. */
export function carryKnown(): void {
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[href^="/path?"]') : null;
    if (link === null || link.closest("[data-path], .bar") !== null) return;
    const known = kept()?.known ?? "";
    const url = new URL(link.href);
    if (known === "" || url.searchParams.has("known")) return;
    link.href = `${link.getAttribute("href")}&known=${known.split(",").map(encodeURIComponent).join(",")}`;
  });
}
