import { beforeAll, describe, expect, test } from "vitest";
import { linesOf, sizeOf, textWidth } from "../../src/render/label.ts";
import { layoutOf } from "../../src/render/layout.ts";
import type { Layout, Picture } from "../../src/render/picture.ts";
import { svgOf } from "../../src/render/svg.ts";
import { dotOf, jsonOf, mermaidOf } from "../../src/render/text-formats.ts";

const ATTACK = `<img src=x onerror=alert(1)>"'&\u0000\\`;

/** Nodes in layers, each needing up to three of the nodes before it; labels from one word to many. */
function layered(count: number): Picture {
  const words = [
    "REST",
    "Database",
    "normalisation",
    "Object-relational",
    "mapping",
    "and",
    "WWWWWWWW",
    "iiii",
  ];
  const states = ["known", "ready", "locked", "goal"] as const;
  const nodes = Array.from({ length: count }, (_, at) => ({
    id: `skill-${at}`,
    label: words.slice(0, 1 + ((at * 7) % words.length)).join(" "),
    number: at + 1,
    state: states[at % 4]!,
    href: `/skills/skill-${at}`,
  }));
  const edges = nodes.flatMap(({ id }, at) =>
    [1, 2, 5].flatMap((back) => {
      const before = nodes[Math.floor((at * (back + 1)) / 7)];
      return before === undefined || before.id === id
        ? []
        : [{ prerequisite: before.id, dependent: id, isAlternative: back === 5 }];
    }),
  );
  const once = new Map(edges.map((edge) => [`${edge.prerequisite} ${edge.dependent}`, edge]));
  return { title: `Layers of ${count}`, nodes, edges: [...once.values()] };
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where the lines of labels stand, as the SVG says: `textLength` fits them whatever the font. */
function textsOf(svg: string): Rectangle[] {
  const pattern = /<text x="([\d.]+)" y="([\d.]+)" textLength="(\d+)"/g;
  return [...svg.matchAll(pattern)].map(([, x, y, length]) => ({
    left: Number(x),
    right: Number(x) + Number(length),
    top: Number(y) - 11,
    bottom: Number(y) + 3,
  }));
}

function overlaps(rectangles: readonly Rectangle[]): number {
  let count = 0;
  rectangles.forEach((a, at) => {
    for (const b of rectangles.slice(at + 1))
      if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count++;
  });
  return count;
}

const boxOf = ({ x, y, width, height }: Layout["boxes"][number]): Rectangle => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

/** Points on a chain of cubic Bézier curves, some pixels apart. */
function pointsOf(curve: readonly number[]): [number, number][] {
  const points: [number, number][] = [];
  for (let from = 0; from + 7 < curve.length; from += 6)
    for (let t = 0; t <= 1; t += 0.05) {
      const weights = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
      const at = (axis: 0 | 1) =>
        weights.reduce((sum, weight, point) => sum + weight * curve[from + 2 * point + axis]!, 0);
      points.push([at(0), at(1)]);
    }
  return points;
}

const OPTIONS = { theme: "auto", origin: "https://example.org", isInline: false } as const;

describe.each([10, 100, 500])("a picture of %i nodes", (count) => {
  const picture = layered(count);
  let layout: Layout;
  beforeAll(async () => {
    layout = await layoutOf(picture);
  });

  test("has no overlapping boxes or labels, labels inside their boxes, and all inside the picture", () => {
    const boxes = layout.boxes.map(boxOf);
    expect(boxes).toHaveLength(count);
    expect(overlaps(boxes)).toBe(0);
    const svg = svgOf(picture, layout, OPTIONS);
    const texts = textsOf(svg);
    expect(texts.length).toBeGreaterThanOrEqual(count);
    expect(overlaps(texts)).toBe(0);
    for (const text of texts)
      expect(
        boxes.some(
          (box) =>
            text.left >= box.left &&
            text.right <= box.right &&
            text.top >= box.top &&
            text.bottom <= box.bottom,
        ),
      ).toBe(true);
    for (const box of boxes) {
      expect(box.left).toBeGreaterThanOrEqual(0);
      expect(box.right).toBeLessThanOrEqual(layout.width);
      expect(box.bottom).toBeLessThanOrEqual(layout.height);
    }
  });

  test("leads no edge through the label of another node", () => {
    const through = picture.edges.filter(({ prerequisite, dependent }, edge) => {
      const others = layout.boxes.filter(
        (_, at) => ![prerequisite, dependent].includes(picture.nodes[at]!.id),
      );
      return pointsOf(layout.curves[edge]!).some(([x, y]) =>
        others.some(
          (box) => Math.abs(x - box.x) < box.width / 2 - 2 && Math.abs(y - box.y) < box.height / 2 - 2,
        ),
      );
    });
    expect(through).toEqual([]);
  });

  test("goes from left to right along every edge", () => {
    const at = new Map(picture.nodes.map(({ id }, place) => [id, layout.boxes[place]!]));
    picture.edges.forEach(({ prerequisite, dependent }, edge) => {
      expect(at.get(prerequisite)!.x).toBeLessThan(at.get(dependent)!.x);
      expect(layout.curves[edge]!.length % 6).toBe(2);
    });
  });
});

test("equal pictures are drawn equally", async () => {
  const picture = layered(30);
  expect(await layoutOf(picture)).toEqual(await layoutOf(picture));
});

test("sizes follow the lines of the label", () => {
  expect(linesOf("REST")).toEqual(["REST"]);
  expect(linesOf("Token-based authentication of clients")).toEqual([
    "Token-based",
    "authentication of",
    "clients",
  ]);
  const long = linesOf("x".repeat(80));
  expect(long).toEqual([`${"x".repeat(21)}…`]);
  expect(linesOf("a b c d e f g h i j k l m n o p q r s t u v w x y z".repeat(4))).toHaveLength(3);
  const node = { id: "a", label: "One line", state: "locked", href: "/" } as const;
  expect(sizeOf({ ...node, label: `${"Many words ".repeat(5)}` }).height).toBeGreaterThan(
    sizeOf(node).height,
  );
  expect(textWidth("W")).toBeGreaterThan(textWidth("i"));
});

describe("nothing of a picture becomes markup", () => {
  const picture: Picture = {
    title: ATTACK,
    nodes: [
      { id: ATTACK, label: ATTACK, state: "goal", href: `/skills/${encodeURIComponent(ATTACK)}` },
      { id: "b", label: "b", state: "ready", href: "/skills/b" },
    ],
    edges: [{ prerequisite: "b", dependent: ATTACK, isAlternative: true }],
  };

  test("in SVG", async () => {
    const svg = svgOf(picture, await layoutOf(picture), OPTIONS);
    expect(svg).not.toContain("<img");
    expect(svg).not.toContain("\u0000");
    expect(svg).not.toMatch(/<!DOCTYPE|<!ENTITY|<script/i);
    expect(svg).toContain("&lt;img src=x");
  });

  test("in Graphviz' language, Mermaid and JSON", async () => {
    expect(dotOf(picture, "https://example.org")).toContain('\\"');
    expect(dotOf({ ...picture, title: 'a"; evil [URL="javascript:x"]; "' }, "")).toContain(
      'label="a\\"; evil',
    );
    expect(mermaidOf(picture)).not.toContain("<img");
    expect(JSON.parse(jsonOf(picture, await layoutOf(picture))).nodes[0].label).toBe(ATTACK);
  });
});

describe.each([10, 100, 500])("what is added beside nodes of a picture of %i", (count) => {
  const picture = layered(count);
  const anchors = [0, Math.floor(count / 2), count - 1, Math.floor(count / 2)];
  const added = anchors.flatMap((anchor, batch) =>
    Array.from({ length: 8 }, (_, at) => ({
      id: `new-${batch}-${at}`,
      label: `New skill ${"of many words ".repeat(at % 4)}`,
      state: "locked" as const,
      href: `/skills/new-${batch}-${at}`,
      beside: { id: `skill-${anchor}`, side: at % 2 === 0 ? ("left" as const) : ("right" as const) },
    })),
  );
  const edges = added.map(({ id, beside }) =>
    beside.side === "left"
      ? { prerequisite: id, dependent: beside.id, isAlternative: false }
      : { prerequisite: beside.id, dependent: id, isAlternative: false },
  );
  const larger: Picture = {
    ...picture,
    nodes: [...picture.nodes, ...added],
    edges: [...picture.edges, ...edges],
  };

  test("overlaps nothing, and leaves all that was there where it was", async () => {
    const before = await layoutOf(picture);
    const after = await layoutOf(larger);
    expect(after.boxes.slice(0, count)).toEqual(before.boxes);
    expect(after.curves.slice(0, picture.edges.length)).toEqual(before.curves);
    expect(overlaps(after.boxes.map(boxOf))).toBe(0);
    expect(overlaps(textsOf(svgOf(larger, after, OPTIONS)))).toBe(0);
    for (const box of after.boxes.map(boxOf)) {
      expect(box.left).toBeGreaterThanOrEqual(after.left);
      expect(box.top).toBeGreaterThanOrEqual(after.top);
      expect(box.right).toBeLessThanOrEqual(after.left + after.width);
      expect(box.bottom).toBeLessThanOrEqual(after.top + after.height);
    }
    after.curves.forEach((curve) => {
      expect(curve.length % 6).toBe(2);
    });
  });

  test("is drawn where what is added first is at its side", async () => {
    const { boxes } = await layoutOf(larger);
    added.forEach(({ beside }, at) => {
      const anchor = boxes[Number(beside.id.slice("skill-".length))]!;
      const box = boxes[count + at]!;
      expect(beside.side === "left" ? box.x < anchor.x : box.x > anchor.x).toBe(true);
    });
  });
});
