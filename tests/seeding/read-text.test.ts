import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Path, Place } from "../../src/seeding/place.ts";
import { type ReadText, readText } from "../../src/seeding/read-text.ts";
import { MAX_NESTING } from "../../src/seeding/yaml-text.ts";

const readJson = (text: string) => readText("x.json", text);
const readYaml = (text: string) => readText("x.yaml", text);

/** The line of every value and key, and how each value is written. */
function* placesOf(value: unknown, place: Place, path: Path = []): Generator {
  const { line, written } = place.nearest(path);
  yield { path, line, written };
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) yield place.nearest(path).lineOfKey(key);
    yield* placesOf(inner, place, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

const allOf = ({ value, place, faults }: ReadText) => ({
  value,
  faults,
  places: [...placesOf(value, place)],
});

describe("the JSON reader", () => {
  test("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(undefined, 1, "\t"), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(readJson(text)).toMatchObject({ value: JSON.parse(text), faults: [] });
      }),
    );
  });

  test("refuses what JSON.parse refuses", () => {
    const inner = fc.jsonValue({ maxDepth: 2 });
    const json = fc
      .oneof(fc.array(inner, { maxLength: 3 }), fc.dictionary(fc.string(), inner, { maxKeys: 3 }))
      .map((value) => JSON.stringify(value));
    const edit = fc.record({ at: fc.nat(), insert: fc.constantFrom(...'[]{},:"0a\\- \n') });
    fc.assert(
      fc.property(json, edit, (text, { at, insert }) => {
        const place = at % (text.length + 1);
        const edited = text.slice(0, place) + insert + text.slice(place);
        const { faults } = readJson(edited);
        let isJson = true;
        try {
          JSON.parse(edited);
        } catch {
          isJson = false;
        }
        expect(faults.some(({ code }) => code === "not-json")).toBe(!isJson);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    "[1,]",
    '{"a":1,}',
    "[,1]",
    "[1 2]",
    '{"a" 1}',
    "{1:2}",
    "[1}",
    "01",
    "1.",
    "+1",
    "nul",
    "'a'",
    '"a',
    "[1]]",
    "",
  ])("refuses %j", (text) => {
    expect(readJson(text).faults).toMatchObject([{ line: 1, code: "not-json" }]);
  });

  test("names the line of each value", () => {
    const { place } = readJson('{\n"a": [\n1,\n{"b":\n2}]}');
    expect(place.nearest(["a", 0]).line).toBe(3);
    expect(place.nearest(["a", 1, "b"]).line).toBe(5);
    expect(place.nearest(["a", 1, "c"]).line).toBe(4);
    expect(place.lineOfKey("a")).toBe(2);
  });
});

describe("the YAML reader", () => {
  test("reads JSON as the JSON reader does, places included", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify({ value }, null, 1);
        const yaml = readYaml(text);
        expect(yaml.faults).toEqual([]);
        expect(allOf(yaml)).toEqual(allOf(readJson(text)));
      }),
    );
  });

  test.each([
    ["flow lists", (depth: number) => "[".repeat(depth) + "]".repeat(depth)],
    ["block lists", (depth: number) => `${"- ".repeat(depth)}a`],
    ["mappings", (depth: number) => `${"{a: ".repeat(depth)}b${"}".repeat(depth)}`],
    [
      "indented mappings",
      (depth: number) => Array.from({ length: depth }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
    ],
  ])("bounds the nesting of %s", (_, nest) => {
    expect(readYaml(nest(MAX_NESTING - 1)).faults).toEqual([]);
    expect(readYaml(nest(MAX_NESTING + 10)).faults.map(({ code }) => code)).toEqual(["too-deep"]);
    expect(readYaml(nest(3_000)).faults.map(({ code }) => code)).toEqual(["too-deep"]);
  });

  test("bounds the nesting that aliases of aliases add up to", () => {
    const levels = Array.from(
      { length: 60 },
      (_, i) => `a${i}: &a${i} [[${i === 0 ? "x" : `*a${i - 1}`}]]\n`,
    );
    expect(readYaml(levels.join("")).faults.map(({ code }) => code)).toEqual(["too-deep"]);
  });

  test("knows where a value is that an alias repeats", () => {
    const { value, place } = readYaml("a: &a\n  b: [1, 2]\nc: *a\nd:\n");
    expect(value).toEqual({ a: { b: [1, 2] }, c: { b: [1, 2] }, d: null });
    expect(place.nearest(["c", "b", 1])).toMatchObject({ line: 2, written: "2" });
    expect(place.lineOfKey("c")).toBe(3);
    expect(place.nearest(["d"])).toMatchObject({ line: 4, written: "" });
  });

  test("reads lines that end with a carriage return alone", () => {
    const { value, place, faults } = readYaml("a: 1\rb:\r  - x\r");
    expect({ value, faults }).toEqual({ value: { a: 1, b: ["x"] }, faults: [] });
    expect(place.nearest(["b", 0]).line).toBe(3);
    expect(readYaml('a: "x\\ry"\r\n').value).toEqual({ a: "x\ry" });
  });

  test.each(["---\n\uFEFFa: 1\n", "# note\n\n---\r\n\uFEFFa: 1\n", "\uFEFF---\na: 1\n"])(
    "passes over the byte order mark in %j",
    (text) => {
      expect(readYaml(text)).toMatchObject({ value: { a: 1 }, faults: [] });
    },
  );

  test("keeps a byte order mark within a text", () => {
    expect(readYaml('---\na: "\uFEFFb"\n').value).toEqual({ a: "\uFEFFb" });
  });

  test("merges mappings, of which the keys that are written win, then those of the first", () => {
    const { value, faults } = readYaml(
      "x: &x { a: 1, b: 1 }\ny: &y { b: 2, c: 2 }\nz: { c: 3, <<: *x }\nlist: { <<: [*x, *y], a: 0 }\n",
    );
    expect(faults).toEqual([]);
    expect(value).toMatchObject({ z: { a: 1, b: 1, c: 3 }, list: { a: 0, b: 1, c: 2 } });
    expect(readYaml('{ "<<": { a: 1 } }').value).toEqual({ "<<": { a: 1 } });
    expect(readYaml("a: 1\n<<: text\n").faults).toMatchObject([{ line: 2, code: "not-yaml" }]);
  });

  test("of a key that stands twice, takes the last value and its place", () => {
    const { value, place, faults, isBroken } = readYaml("a: 1\nb: 2\na: 3\n");
    expect(value).toEqual({ a: 3, b: 2 });
    expect(place.nearest(["a"]).line).toBe(3);
    expect(faults).toMatchObject([{ line: 3, code: "duplicate-key" }]);
    expect(isBroken).toBe(false);
  });
});
