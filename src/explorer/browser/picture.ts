import { say } from "./bar.ts";
import { followGraph } from "./graph.ts";
import { Stage } from "./stage.ts";

/** Lets each picture of the page be read by keyboard and pointer, zoomed, and grown in its place. */
export function livePictures(): void {
  for (const figure of document.querySelectorAll<HTMLElement>("[data-picture]")) live(figure);
}

function live(figure: HTMLElement): void {
  const canvas = figure.querySelector<HTMLElement>(".canvas");
  const box = canvas?.querySelector<HTMLElement>(".stage");
  if (canvas === null || !box || figure.dataset.picture === "live") return;
  figure.dataset.picture = "live";
  const stage = new Stage(canvas, box);
  followGraph(figure);
  // The page of a skill is about that skill; a path is read from its beginning.
  const isOfSkill = location.pathname.startsWith("/skills/");
  const begin = figure.querySelector(isOfSkill ? ".node.goal" : ".node.ready");
  if (begin !== null) stage.show(begin);

  const grow = async (link: SVGAElement, id: string): Promise<void> => {
    const href = link.href.baseVal;
    try {
      const response = await fetch(href, { headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const next = page.querySelector("[data-picture]");
      const svg = next?.querySelector<SVGSVGElement>(".canvas svg");
      if (!next || !svg) throw new Error("expected a picture");
      const count = (of: Element) => of.querySelectorAll("a.node").length;
      const more = count(next) - count(figure);
      const name = link.previousElementSibling?.querySelector("title")?.textContent.split(",")[0] ?? "this";
      stage.replace(document.adoptNode(svg), id);
      for (const part of [".as-list", "figcaption", ".views"]) {
        const [old, fresh] = [figure.querySelector(part), next.querySelector(part)];
        if (old !== null && fresh !== null) old.replaceWith(document.adoptNode(fresh));
      }
      history.pushState(null, "", href);
      followGraph(figure, id);
      say(`Around ${name}: ${more === 0 ? "nothing more" : `${more} more`}`);
    } catch {
      location.assign(href);
    }
  };
  const growOf = (id: string | undefined) =>
    [...figure.querySelectorAll<SVGAElement>("a.grow")].find(
      (link) => link.previousElementSibling?.getAttribute("data-id") === id,
    );
  canvas.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<SVGAElement>("a.grow") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    void grow(link, link.previousElementSibling?.getAttribute("data-id") ?? "");
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.key !== " " || !(event.target instanceof SVGAElement)) return;
    event.preventDefault();
    const { id } = event.target.dataset;
    const link = growOf(id);
    if (link === undefined || id === undefined) say("Nothing more is around this");
    else void grow(link, id);
  });
  canvas.setAttribute("aria-describedby", "picture-keys");
  canvas.after(tools(stage));
}

/** Buttons over the corner of a picture: they take no room, so that nothing moves when script comes. */
function tools(stage: Stage): HTMLElement {
  const bar = document.createElement("div");
  bar.className = "tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Size of the picture");
  const keys = document.createElement("p");
  keys.id = "picture-keys";
  keys.className = "visually-hidden";
  keys.textContent =
    "Arrow keys follow the edges, Enter opens a node, Space shows what is around it, plus and minus zoom, 0 shows the whole.";
  const button = (sign: string, name: string, act: () => void) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = sign;
    made.title = name;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", act);
    return made;
  };
  const copy = () =>
    navigator.clipboard.writeText(location.href).then(
      () => say("The link is copied"),
      () => say(location.href),
    );
  bar.append(
    button("−", "Smaller", () => stage.out()),
    button("+", "Larger", () => stage.in()),
    button("⤢", "The whole picture", () => stage.fit()),
    button("Copy link", "Copy link to this view", () => void copy()),
    keys,
  );
  return bar;
}

/** Going back shows the picture as it was; where a path stands on the page, that brings its own picture. */
export function followHistory(): void {
  if (document.querySelector("[data-path]") !== null) return;
  addEventListener("popstate", () => location.reload());
}
