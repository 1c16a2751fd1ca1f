import { MAX_LINE_LETTERS, MAX_LINES } from "./limits.ts";
import type { PictureNode } from "./picture.ts";

/** Pixels. */
export const FONT_SIZE = 13;
export const LINE_HEIGHT = 16;
/** The space before a label, for a number or a sign. */
export const SIGN_WIDTH = 26;
/** The space around it. */
export const PADDING = 12;

/** The widths of letters in hundredths of the font's size, as in Helvetica; all others count as wide as `m`. */
const WIDTHS: Readonly<Record<string, number>> = Object.fromEntries(
  Object.entries({
    22: "'|il",
    28: " !,./:;I[]\\ft",
    33: '()-`r"',
    39: "*",
    50: "Jckszvxy",
    56: "#$0123456789?L_abdeghnopqu",
    61: "FTZ+<=>~^",
    67: "&ABEKPSVXY",
    72: "CDHNRUw",
    78: "GOQ",
    83: "MWm%",
    102: "@",
  }).flatMap(([width, letters]) => [...letters].map((letter) => [letter, Number(width)])),
);
const WIDEST = 100;

/** How wide a text is at most, about, in pixels. A viewer's own font is fitted into this. */
export function textWidth(text: string, size = FONT_SIZE): number {
  let hundredths = 0;
  for (const letter of text) hundredths += WIDTHS[letter] ?? WIDEST;
  return Math.ceil((hundredths * size * 1.06) / 100);
}

/** How large the box of a node is, so that its label fits. */
export function sizeOf({ label }: PictureNode): { readonly width: number; readonly height: number } {
  const lines = linesOf(label);
  const widest = Math.max(...lines.map((line) => textWidth(line)));
  return { width: SIGN_WIDTH + widest + 2 * PADDING, height: lines.length * LINE_HEIGHT + 14 };
}

/** A label as lines of words; the last one ends in an ellipsis when not everything fits. O(letters). */
export function linesOf(label: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of label.replace(/\s+/g, " ").trim().split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= MAX_LINE_LETTERS || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.slice(0, MAX_LINES).map((one) => cut(one, one.length > MAX_LINE_LETTERS));
  if (lines.length > MAX_LINES) shown[MAX_LINES - 1] = cut(lines[MAX_LINES - 1]!, true);
  return shown;
}

function cut(line: string, isCut: boolean): string {
  return isCut ? `${[...line].slice(0, MAX_LINE_LETTERS - 1).join("")}…` : line;
}
