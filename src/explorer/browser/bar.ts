/** How long a message stays that nobody looks at, in milliseconds. */
const STAY_MS = 10_000;

/** What can be done about a message: follow a link, or something that a button does. */
type Action = { readonly label: string } & ({ readonly href: string } | { readonly act: () => void });

let bar: HTMLElement | undefined;
let end = 0;

function made(): HTMLElement {
  if (bar !== undefined) return bar;
  bar = document.createElement("div");
  bar.className = "bar";
  bar.setAttribute("role", "status");
  bar.hidden = true;
  document.body.append(bar);
  return bar;
}

function control(action: Action): HTMLElement {
  if ("href" in action)
    return Object.assign(document.createElement("a"), { textContent: action.label, href: action.href });
  const button = Object.assign(document.createElement("button"), {
    textContent: action.label,
    type: "button",
  });
  button.addEventListener("click", () => {
    made().hidden = true;
    action.act();
  });
  return button;
}

/**
 * Says something at the lower edge of the window, to readers of screens too, with what can be done about it. It moves
 * nothing, and goes after a while unless somebody is at it; `stays`: until the next message.
 */
export function say(text: string, actions: readonly Action[] = [], stays = false): void {
  const shown = made();
  clearTimeout(end);
  shown.replaceChildren(Object.assign(document.createElement("span"), { textContent: text }));
  shown.append(...actions.map(control));
  shown.hidden = false;
  const hide = () => {
    if (shown.matches(":hover, :focus-within")) end = setTimeout(hide, STAY_MS);
    else shown.hidden = true;
  };
  if (!stays) end = setTimeout(hide, STAY_MS);
}
