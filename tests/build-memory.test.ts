import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { built } from "./support/built.ts";

/** What `npm start` may load, by its path: every module that is imported from the command line, on demand ones as well. */
function modulesBuilt(): Map<string, string> {
  const texts = new Map<string, string>();
  const waiting = [built("commands/cli")];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (texts.has(path)) continue;
    const text = readFileSync(path, "utf8");
    texts.set(path, text);
    for (const [, name] of text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"\n]+\.js)"/g))
      waiting.push(join(dirname(path), name!));
  }
  return texts;
}
const modules = modulesBuilt();

test("modules are kept at one byte a letter: none has a letter beyond ASCII", () => {
  const wide = [...modules].filter(([, text]) => /[^\0-\x7f]/.test(text)).map(([path]) => path);
  expect(wide).toEqual([]);
  // The letters are there, as escapes.
  expect([...modules.values()].some((text) => text.includes("\\u2026"))).toBe(true);
});

test("no module holds Prisma's query compiler as text", () => {
  const constants = [...modules.values()].flatMap((text) => text.match(/"[A-Za-z0-9+/=]{200000,}"/g) ?? []);
  expect(constants.map(({ length }) => length)).toEqual([]);
});

test("what Prisma knows of the fields of arguments is kept as tables", () => {
  const tables = [...modules.values()].flatMap((text) => text.match(/= \{ 16777216: void 0 \}/g) ?? []);
  expect(tables).toHaveLength(2);
});

test("no module holds the messages of zod in other languages", () => {
  const texts = [...modules.values()].join("");
  expect(texts).toContain("node_modules/zod/v4/locales/en.js");
  expect(texts).not.toContain("node_modules/zod/v4/locales/de.js");
});

test("nothing that starts with the server loads fetch, which Node does at the first touch", () => {
  const refused = "get() { throw new Error('fetch is loaded'); }";
  const script = `Object.defineProperty(globalThis, "Response", { ${refused} }); await import(process.argv[1]);`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script, built("store/store")]);
  const touching = [...modules]
    .filter(([, text]) => /\bglobalThis\.Request\b/.test(text))
    .map(([path]) => path);
  expect(touching).toEqual([]);
});
