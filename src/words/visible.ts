/** What a terminal obeys instead of showing it, or what changes the direction of the text around it. */
const HIDDEN = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/** A text for a terminal or a log: what would act on the reader's terminal is shown as `\u001b`. Lines stay lines. */
export function visible(text: string): string {
  return text.replace(HIDDEN, escaped);
}

/** The same of a text that is to stay on one line, such as a name. */
export function visibleLine(text: string): string {
  return visible(text).replace(/[\n\t]/g, escaped);
}

/** The form of JSON, YAML in double quotes and JavaScript: in those it means the same as the character. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
