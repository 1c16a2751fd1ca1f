import type { EmbedPathQuery, EmbedPathQueryVariables } from "../generated/embed-path.ts";

/** The id of the operation EmbedPath, which the build puts in. */
declare const EMBED_OPERATION: string;

type Path = Extract<EmbedPathQuery["learningPath"], { readonly __typename: "LearningPath" }>;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{--p:var(--skill-paper,#fbfaf8);--i:var(--skill-ink,#1d2321);--s:var(--skill-soft,#59635f);--l:var(--skill-line,#e2e0da);--a:var(--skill-accent,#0b6b61);display:block;contain:content;overflow:auto;background:var(--p);color:var(--i);border:1px solid var(--l);border-radius:10px;padding:1rem 1.25rem;font:1rem/1.5 var(--skill-font,ui-sans-serif,system-ui,sans-serif)}
:host([hidden]){display:none}
:host([theme=dark]){--p:var(--skill-paper,#131716);--i:var(--skill-ink,#e8ebe9);--s:var(--skill-soft,#a3aeaa);--l:var(--skill-line,#2d3532);--a:var(--skill-accent,#5cc9b8);color-scheme:dark}
@media(prefers-color-scheme:dark){:host(:not([theme=light])){--p:var(--skill-paper,#131716);--i:var(--skill-ink,#e8ebe9);--s:var(--skill-soft,#a3aeaa);--l:var(--skill-line,#2d3532);--a:var(--skill-accent,#5cc9b8);color-scheme:dark}}
h2{font-size:1.25rem;margin:0}p{color:var(--s);margin:.25rem 0 .75rem}ol{list-style:none;margin:0;padding:0}
li{display:flex;gap:.6rem;align-items:baseline;padding:.3rem 0;border-top:1px solid var(--l)}a{color:var(--i);text-underline-offset:.2em}
input{accent-color:var(--a);width:1.1rem;height:1.1rem;flex:none;align-self:center}li span{margin-left:auto;color:var(--s);white-space:nowrap}.known a{color:var(--s);text-decoration:line-through}
:focus-visible{outline:3px solid var(--a);outline-offset:2px}`);

const ATTRIBUTES = [
  "src",
  "role",
  "skill",
  "roadmap",
  "known",
  "not-known",
  "choose",
  "weekly-hours",
  "theme",
] as const;

/** How far below what is seen a roadmap begins to load: most are there before they are seen. */
const SOON = "300px";

/** Where this script came from: where a roadmap asks unless its `src` says otherwise. */
const home = new URL(import.meta.url).origin;

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * A roadmap on anybody's page: `<skill-roadmap role="backend-developer" known="git" theme="dark">`. What stands inside
 * the element is shown until the path is there, and without script. Tells what happens by events that bubble:
 * `skill-select` (cancel it to keep the link from being followed), `progress-change` and `path-change`.
 */
class SkillRoadmap extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;
  #root = this.attachShadow({ mode: "open" });
  #isSeen = false;
  #asked = 0;
  #path: Path | undefined;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#root.append(document.createElement("slot"));
  }

  connectedCallback(): void {
    new IntersectionObserver(
      ([entry], observer) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        this.#isSeen = true;
        void this.#load();
      },
      { rootMargin: SOON },
    ).observe(this);
  }

  attributeChangedCallback(name: string): void {
    if (this.#isSeen && name !== "theme") queueMicrotask(() => void this.#load());
  }

  /** The path that is shown. */
  get path(): Path | undefined {
    return this.#path;
  }

  /** The slugs of the skills that the learner has. */
  get known(): string[] {
    return this.#list("known");
  }
  set known(slugs: readonly string[]) {
    this.setAttribute("known", slugs.join(","));
  }

  /** The slugs of the skills that the learner does not have, although they would count as known. */
  get notKnown(): string[] {
    return this.#list("not-known");
  }
  set notKnown(slugs: readonly string[]) {
    this.setAttribute("not-known", slugs.join(","));
  }

  #list(name: string): string[] {
    return (this.getAttribute(name) ?? "").split(",").flatMap((text) => text.trim() || []);
  }

  get #source(): string {
    return (this.getAttribute("src") || home).replace(/\/+$/, "");
  }

  async #load(): Promise<void> {
    const asked = ++this.#asked;
    const weeklyHours = Number(this.getAttribute("weekly-hours")) || undefined;
    const startOn = weeklyHours === undefined ? undefined : new Date().toISOString().slice(0, 10);
    const input = {
      goals: [
        ...this.#list("role").map((role) => ({ role })),
        ...this.#list("skill").map((skill) => ({ skill })),
        ...this.#list("roadmap").map((roadmap) => ({ roadmap })),
      ],
      known: this.known,
      notKnown: this.notKnown,
      choose: this.#list("choose"),
      weeklyHours,
      startOn,
      unknown: "IGNORE" as const,
      // The list has none.
      projects: "NONE" as const,
    };
    const variables: EmbedPathQueryVariables = { input };
    const query = new URLSearchParams({ documentId: EMBED_OPERATION, variables: JSON.stringify(variables) });
    try {
      const response = await fetch(`${this.#source}/graphql?${query}`);
      const { data }: { data?: EmbedPathQuery } = await response.json();
      if (asked !== this.#asked) return;
      const path = data?.learningPath;
      if (path?.__typename !== "LearningPath") throw new Error(path?.message ?? "no answer");
      this.#path = path;
      this.#show(path);
      this.#tell("path-change", { totalHours: path.totalHours, totalSteps: path.totalSteps });
    } catch (error) {
      // What stands inside the element remains.
      this.#root.replaceChildren(document.createElement("slot"));
      this.#tell("path-error", { message: String(error) });
    }
  }

  #show(path: Path): void {
    const { schedule } = path;
    const weeks = schedule?.__typename === "LearningSchedule" ? `, ${schedule.totalWeeks} weeks` : "";
    const focused = this.#root.activeElement?.id;
    const covering = new Map(path.takenAsKnown.map(({ skill, because }) => [skill.id, because.name]));
    const known = path.known.map((skill) => {
      const because = covering.get(skill.id);
      return because === undefined
        ? this.#item(skill, "known", "named")
        : this.#item(skill, `with ${because}`, "taken");
    });
    const steps = path.steps.map(({ skill, hours }) => this.#item(skill, `${hours} h`, "step"));
    const list = element("ol", {}, ...known, ...steps);
    list.part.add("list");
    const heading = element("h2", {}, path.goals.map(({ name }) => name).join(" and "));
    heading.part.add("heading");
    const facts = element("p", {}, `${path.totalHours} h, ${path.totalSteps} steps${weeks}`);
    facts.setAttribute("role", "status");
    facts.part.add("facts");
    this.#root.replaceChildren(heading, facts, list);
    if (focused) this.#root.getElementById(focused)?.focus();
  }

  #item(
    { slug, name }: { slug: string; name: string },
    more: string,
    state: "named" | "taken" | "step",
  ): HTMLLIElement {
    const isKnown = state !== "step";
    const tick = element("input", {
      type: "checkbox",
      checked: isKnown,
      id: slug,
      ariaLabel: `I know ${name}`,
    });
    tick.onchange = () => {
      // What is taken as known is not named: to take it off is to say that it is not known.
      if (state === "taken") this.notKnown = [...this.notKnown, slug];
      else {
        const others = this.known.filter((other) => other !== slug);
        this.known = isKnown ? others : [...others, slug];
      }
      this.#tell("progress-change", { known: this.known, notKnown: this.notKnown });
    };
    const link = element(
      "a",
      { href: `${this.#source}/skills/${encodeURIComponent(slug)}`, target: "_blank", rel: "noopener" },
      name,
    );
    link.onclick = (event) => {
      if (!this.#tell("skill-select", { slug, name })) event.preventDefault();
    };
    const item = element("li", { className: isKnown ? "known" : "" }, tick, link, element("span", {}, more));
    item.part.add("step");
    return item;
  }

  #tell(type: string, detail: object): boolean {
    return this.dispatchEvent(
      new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable: true }),
    );
  }
}

if (!customElements.get("skill-roadmap")) customElements.define("skill-roadmap", SkillRoadmap);
