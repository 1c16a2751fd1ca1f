import type { DidYouMeanQuery } from "../generated/did-you-mean.ts";

/** How long a pause in typing is, in milliseconds. */
const PAUSE_MS = 120;

const PAGES: Readonly<Record<string, string>> = {
  SKILL: "/skills/",
  ROLE: "/roles/",
  ROADMAP: "/roadmaps/",
  PROJECT: "/path?project=",
};

/** Suggestions below a search field, by the pattern of a combobox: arrows choose, Enter goes there, Escape closes. */
export function suggest(field: HTMLInputElement): void {
  const operation = document.body.dataset.suggest;
  if (operation === undefined || field.form === null) return;
  const list = document.createElement("ul");
  list.id = `suggestions-${field.form.className || "header"}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  field.form.classList.add("suggesting");
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  let at = -1;
  let asked = 0;
  let pause = 0;

  const show = (isShown: boolean) => {
    list.hidden = !isShown;
    field.setAttribute("aria-expanded", String(isShown));
    if (!isShown) choose(-1);
  };
  const choose = (next: number) => {
    at = next;
    [...list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === at));
    });
    const chosen = list.children[at];
    if (chosen === undefined) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", chosen.id);
  };
  const ask = async () => {
    const mine = ++asked;
    const text = field.value.trim();
    if (text === "") return show(false);
    const variables = JSON.stringify({ query: text, kinds: Object.keys(PAGES) });
    const response = await fetch(`/graphql?${new URLSearchParams({ documentId: operation, variables })}`);
    const { data }: { data: DidYouMeanQuery | null } = await response.json();
    if (mine !== asked) return;
    const found = data?.search?.nodes ?? [];
    list.replaceChildren(
      ...found.map(({ kind, slug, name }, place) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.dataset.href = `${PAGES[kind]}${encodeURIComponent(slug)}`;
        const what = document.createElement("small");
        what.textContent = kind.toLowerCase();
        item.append(name, " ", what);
        return item;
      }),
    );
    choose(-1);
    show(found.length > 0);
  };
  const go = (item: Element | undefined) => {
    if (item instanceof HTMLElement && item.dataset.href !== undefined) location.assign(item.dataset.href);
  };

  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => void ask().catch(() => show(false)), PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count > 0) show(false);
    else if (event.key === "ArrowDown" && count > 0) choose((at + 1) % count);
    else if (event.key === "ArrowUp" && count > 0) choose((at - 1 + count) % count);
    else if (event.key === "Enter" && count > 0 && at >= 0) go(list.children[at]);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => show(false));
  // Before the field loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    go(event.target instanceof Element ? (event.target.closest("li") ?? undefined) : undefined);
  });
}
