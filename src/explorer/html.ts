/** Markup that may stand in a page as it is. Only `html` and `trusted` make it, so that nothing else becomes markup. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Value = Html | string | number | false | null | undefined | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text for the contents or a quoted attribute of an element. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter]!);
}

/** A link that a page may have: http, https, or a place on this site. Anything else: `undefined`. */
export function safeHref(link: string): string | undefined {
  if (/^(?:\/(?![/\\])|[?#])/.test(link)) return link;
  if (!URL.canParse(link)) return undefined;
  const { protocol, href } = new URL(link);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
}

function textOf(value: Value): string {
  if (value === false || value === null || value === undefined) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map(textOf).join("");
  return escaped(String(value));
}

/**
 * The tag of templates for pages. Texts are escaped, lists are joined, and false, null and undefined are nothing.
 * Attributes must be quoted. A link that is not safe becomes `#`.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  let text = strings[0]!;
  values.forEach((value, at) => {
    const isLink = /\b(?:href|src|action)="$/.test(strings[at]!);
    text += isLink ? escaped(safeHref(String(value)) ?? "#") : textOf(value);
    text += strings[at + 1]!;
  });
  return new Html(text);
}

/** Data for a script element of a page, in which no text can end the element. */
export function jsonData(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

/** Takes markup over that was escaped where it was made: the pictures of `render/`. */
export function trusted(markup: string): Html {
  return new Html(markup);
}
