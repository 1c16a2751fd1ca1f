import { say } from "./bar.ts";
import { morph } from "./morph.ts";

/** Makes the code of embeds again as soon as a choice changes, with its preview, and copies it. */
export function liveBuilder(): void {
  const main = document.querySelector("main");
  const form = main?.querySelector<HTMLFormElement>("form[data-builder]");
  if (!main || !form) return;
  let asked = 0;
  const show = async () => {
    const mine = ++asked;
    const chosen = [...new FormData(form)].filter(
      (pair): pair is [string, string] => typeof pair[1] === "string" && pair[1] !== "",
    );
    const url = `${location.pathname}?${new URLSearchParams(chosen)}`;
    const response = await fetch(url, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("main");
    if (next === null || mine !== asked) return;
    morph(main, next);
    history.replaceState(null, "", url);
  };
  // Without an answer, the button still asks.
  form.addEventListener("change", () => {
    if (form.checkValidity()) void show().catch(() => {});
  });
  main.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest(".copy") : null;
    const field = button?.parentElement?.querySelector("textarea");
    if (!field) return;
    navigator.clipboard.writeText(field.value).then(
      () => say("The code is copied"),
      () => field.select(),
    );
  });
}
