import { FONT_SIZE, LINE_HEIGHT, linesOf, PADDING, SIGN_WIDTH, textWidth } from "./label.ts";
import type { Layout, Picture, PictureNode } from "./picture.ts";

export type Theme = "light" | "dark" | "auto";

interface Colours {
  readonly paper: string;
  readonly card: string;
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly accent: string;
  readonly wash: string;
}

const LIGHT: Colours = {
  paper: "#fbfaf8",
  card: "#ffffff",
  ink: "#1d2321",
  soft: "#59635f",
  line: "#98a39e",
  accent: "#0b6b61",
  wash: "#e8f2ef",
};
const DARK: Colours = {
  paper: "#131716",
  card: "#1a201e",
  ink: "#e8ebe9",
  soft: "#a3aeaa",
  line: "#66736d",
  accent: "#5cc9b8",
  wash: "#1c302c",
};

const rules = (colours: Colours) => `svg{background:${colours.paper}}
.node rect{fill:${colours.card};stroke:${colours.line}}.node text{fill:${colours.ink}}.node .sign{fill:${colours.soft}}
.known rect{fill:${colours.paper}}.known text{fill:${colours.soft}}.ready rect{stroke:${colours.accent}}
.goal rect{fill:${colours.wash};stroke:${colours.accent}}.edge{stroke:${colours.line}}.tip{fill:${colours.line}}`;

/** What a picture that stands alone and follows its reader's setting says about its colours. */
export const AUTO_STYLE = `@media (prefers-color-scheme:dark){${rules(DARK)}}`;

export interface SvgOptions {
  readonly theme: Theme;
  /** What comes before links, such as https://example.org; "" inside a page of the site. */
  readonly origin: string;
  /** Whether it stands in a page, whose stylesheet colours it. */
  readonly isInline: boolean;
}

/** What the states look like beside their colour: the sign before a label, and the border. */
const SIGNS: Readonly<Record<PictureNode["state"], string>> = {
  known: "✓",
  ready: "▸",
  locked: "",
  goal: "★",
};
const BORDERS: Readonly<Record<PictureNode["state"], string>> = {
  known: 'stroke-dasharray="2 3"',
  ready: 'stroke-width="2.5"',
  locked: "",
  goal: 'stroke-width="2.5"',
};
const STATES: Readonly<Record<PictureNode["state"], string>> = {
  known: "known",
  ready: "ready to learn",
  locked: "needs others first",
  goal: "a goal",
};

/**
 * A picture as SVG: every node links to its page and has its whole name as its title. Texts are escaped, and fitted into
 * the boxes whatever font a viewer has.
 */
export function svgOf(picture: Picture, layout: Layout, options: SvgOptions): string {
  const { theme, isInline } = options;
  const colours = theme === "dark" ? DARK : LIGHT;
  const { left, top, width, height } = layout;
  const hidden = isInline ? ' tabindex="-1"' : "";
  const nodes = picture.nodes.map((node, at) => nodeText(node, layout, at, colours, options, hidden));
  const edges = picture.edges.map(({ prerequisite, dependent, isAlternative }, at) => {
    const dash = isAlternative ? ' stroke-dasharray="5 4"' : "";
    return `<path class="edge" data-from="${escaped(prerequisite)}" data-to="${escaped(dependent)}" d="${curve(layout.curves[at]!)}"${dash} marker-end="url(#tip)"/>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}" role="group" aria-label="${escaped(picture.title)}" font-family="ui-sans-serif,system-ui,'Segoe UI',Roboto,Arial,sans-serif" font-size="${FONT_SIZE}">
<title>${escaped(picture.title)}</title>
${theme === "auto" && !isInline ? `<style>${AUTO_STYLE}</style>` : ""}
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 .5 8 4 0 7.5Z" fill="${colours.line}"/></marker></defs>
${isInline ? "" : `<rect class="paper" x="${left}" y="${top}" width="${width}" height="${height}" fill="${theme === "auto" ? "none" : colours.paper}"/>`}
<g fill="none" stroke="${colours.line}" stroke-width="1.3">
${edges.join("\n")}
</g>
${nodes.join("\n")}
</svg>
`;
}

function nodeText(
  node: PictureNode,
  layout: Layout,
  at: number,
  colours: Colours,
  { origin, isInline }: SvgOptions,
  hidden: string,
): string {
  const { x, y, width, height } = layout.boxes[at]!;
  const left = x - width / 2;
  const lines = linesOf(node.label);
  const sign = node.number === undefined ? SIGNS[node.state] : String(node.number);
  // Without a sign, the label stands in the middle.
  const begin = left + (sign === "" ? SIGN_WIDTH / 2 + PADDING : SIGN_WIDTH + 6);
  const first = y - ((lines.length - 1) * LINE_HEIGHT) / 2 + FONT_SIZE * 0.36;
  const texts = lines.map((line, row) => {
    const fit = `textLength="${textWidth(line)}" lengthAdjust="spacingAndGlyphs"`;
    return `<text x="${round(begin)}" y="${round(first + row * LINE_HEIGHT)}" ${fit} fill="${colours.ink}">${escaped(line)}</text>`;
  });
  const fill = { known: colours.paper, ready: colours.card, locked: colours.card, goal: colours.wash }[
    node.state
  ];
  const stroke = node.state === "ready" || node.state === "goal" ? colours.accent : colours.line;
  const hours = node.hours === undefined ? "" : `, ${node.hours} h`;
  return `<a class="node ${node.state}" data-id="${escaped(node.id)}" href="${escaped(origin + node.href)}"${hidden}><title>${escaped(`${node.label}${hours}, ${STATES[node.state]}`)}</title>
<rect x="${round(left)}" y="${round(y - height / 2)}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="${stroke}" ${BORDERS[node.state]}/>
<text class="sign" x="${round(left + SIGN_WIDTH / 2 + 3)}" y="${round(y + 4)}" font-size="11" text-anchor="middle" fill="${colours.soft}">${escaped(sign)}</text>${texts.join("")}</a>${isInline && node.grow !== undefined ? growText(node, node.grow, left + width, y) : ""}`;
}

/** A way to see more around a node, for the pointer: by keyboard it is a key, and for readers a list beside the picture. */
function growText({ label }: PictureNode, link: string, x: number, y: number): string {
  return `<a class="grow" href="${escaped(link)}" tabindex="-1" aria-hidden="true"><title>${escaped(`Show what is around ${label}`)}</title><circle cx="${round(x)}" cy="${round(y)}" r="9"/><path d="M${round(x - 4)} ${round(y)}h8m-4-4v8"/></a>`;
}

/** A chain of cubic Bézier curves as path data. */
function curve(points: readonly number[]): string {
  if (points.length < 4) return "";
  return `M${points.slice(0, 2).join(" ")}C${points.slice(2).join(" ")}`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** Letters that XML allows, escaped for contents and attributes. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
