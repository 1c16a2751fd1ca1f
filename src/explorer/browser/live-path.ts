import { say } from "./bar.ts";
import { morph } from "./morph.ts";
import { livePictures } from "./picture.ts";
import { keepPath } from "./progress.ts";

/** How long an answer may take before the page says that it waits, in milliseconds: less is not noticed. */
const PATIENCE_MS = 150;

/** Solves a path again in place when its form changes, or a link of it is followed; the URL follows. */
export function livePath(): void {
  const main = document.querySelector("main");
  if (!main?.querySelector("[data-path]")) return;
  let asked = 0;
  /** How many changes can be undone. */
  let changes = 0;
  const undo = () => {
    if (changes > 0) history.back();
  };
  keepPath();

  const visit = async (url: string, isNew: boolean): Promise<void> => {
    const mine = ++asked;
    const waiting = setTimeout(() => main.setAttribute("aria-busy", "true"), PATIENCE_MS);
    try {
      const response = await fetch(url, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.querySelector("main");
      if (mine !== asked) return;
      if (next === null) throw new Error("expected a page");
      const focused = document.activeElement;
      const key = keyOf(focused);
      morph(main, next);
      // What fields show is what the link says, whatever was ticked meanwhile.
      main.querySelector<HTMLFormElement>("#plan")?.reset();
      document.title = page.title;
      if (isNew) {
        history.pushState(null, "", url);
        changes++;
      }
      if (key !== "" && document.activeElement !== focused)
        [...main.querySelectorAll<HTMLElement>("input,a,summary,button,select")]
          .find((element) => keyOf(element) === key)
          ?.focus({ preventScroll: true });
      keepPath();
      const total = [...main.querySelectorAll(".total > *")].map((part) => part.textContent).join(", ");
      say(total || page.title, isNew ? [{ label: "Undo", act: undo }] : []);
      livePictures();
    } catch {
      location.assign(url);
    } finally {
      clearTimeout(waiting);
      if (mine === asked) main.removeAttribute("aria-busy");
    }
  };

  main.addEventListener("change", (event) => {
    const { target } = event;
    // A range of days has two ends: asked for when both are there.
    if (target instanceof HTMLInputElement && target.name.startsWith("off") && !hasBothEnds(target.form))
      return;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)
      if (target.form?.id === "plan" && target.form.checkValidity()) void visit(linkOf(target.form), true);
  });
  main.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== "plan") return;
    event.preventDefault();
    void visit(linkOf(form), true);
  });
  main.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link === null || !isPlain || link.origin !== location.origin || link.pathname !== "/path") return;
    event.preventDefault();
    void visit(link.href, true);
  });
  addEventListener("popstate", () => {
    changes = Math.max(0, changes - 1);
    void visit(location.href, false);
  });
  addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type !== "checkbox";
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || isTyping) return;
    event.preventDefault();
    undo();
  });
}

function hasBothEnds(form: HTMLFormElement | null): boolean {
  const fields = [...(form?.querySelectorAll<HTMLInputElement>('[name^="off"]') ?? [])];
  return fields.every(({ value }) => value !== "");
}

/** The link that a form asks for, with lists as links have them. */
function linkOf(form: HTMLFormElement): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && value !== "") values.set(name, [...(values.get(name) ?? []), value]);
  if (values.get("projects")?.[0] === "core") values.delete("projects");
  const ends = [...(values.get("offFrom") ?? []), ...(values.get("offThrough") ?? [])];
  if (ends.length > 0)
    values.set("daysOff", [...(values.get("daysOff") ?? []), [...new Set(ends)].join("..")]);
  values.delete("offFrom");
  values.delete("offThrough");
  const parameters = [...values].map(([name, list]) => `${name}=${list.map(encodeURIComponent).join(",")}`);
  return `${location.pathname}?${parameters.join("&")}`;
}

/** What tells an element of the page from others, before and after it changes. */
function keyOf(element: Element | null): string {
  if (element === null || element === document.body) return "";
  const place = element.closest("[id]")?.id ?? "";
  const name = element instanceof HTMLInputElement ? `${element.name} ${element.value}` : element.textContent;
  return `${place} ${element.tagName} ${element instanceof HTMLInputElement && element.type !== "checkbox" ? element.name : name}`;
}
