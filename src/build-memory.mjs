// What makes the bundles smaller in memory, not on disk: V8 keeps the text of all modules, and what they hold.
import { readFileSync, writeFileSync } from "node:fs";

/**
 * Prisma's query compiler as a file of its own that is read once. As it comes, in base64 as a constant of a module, it
 * would stay in memory twice for good, 4.5 MB, after it was compiled. `Buffer.from` asks for the `valueOf`.
 */
const compilerInFile = {
  name: "query compiler in a file",
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /[\\/]query_compiler_\w+\.\w+\.wasm-base64\.m?js$/ }, ({ path }) => ({
      contents: `
        import { readFileSync } from "node:fs";
        import file from "query-compiler.wasm";
        export const wasm = { valueOf: () => readFileSync(new URL(file, import.meta.url)) };`,
      pluginData: path,
    }));
    onResolve({ filter: /^query-compiler\.wasm$/ }, ({ path, pluginData }) => {
      return { path, pluginData, namespace: "wasm" };
    });
    onLoad({ filter: /^/, namespace: "wasm" }, ({ pluginData: path }) => {
      const base64 = /wasm\s*=\s*"([^"]+)"/.exec(readFileSync(path, "utf8"))?.[1];
      if (base64 === undefined) throw new Error(`expected the query compiler in base64 in ${path}`);
      return { contents: Buffer.from(base64, "base64"), loader: "file" };
    });
  },
};

const NUMBERED = "o={};for(let s=0;s<i;s++){let a=this.#i(),";
/** A key beyond which V8 keeps an object with numbers as keys as a table, and no longer as an array. */
const FAR_KEY = 1 << 24;

/**
 * Prisma keeps, for two thousand kinds of arguments, a few fields by the numbers of their names. V8 would make an array of
 * each, as long as the greatest number: 8 MB that are nearly all holes.
 */
const fewFields = {
  name: "tables for a few fields",
  setup({ onLoad }) {
    onLoad({ filter: /@prisma[\\/]client[\\/]runtime[\\/]client\.m?js$/ }, ({ path }) => {
      const parts = readFileSync(path, "utf8").split(NUMBERED);
      if (parts.length !== 3)
        throw new Error(`expected two lists of fields in ${path}, found ${parts.length - 1}`);
      return { contents: parts.join(NUMBERED.replace("{}", `{${FAR_KEY}:void 0}`)) };
    });
  },
};

/** The messages of zod in fifty languages, which nobody asks for: 0.4 MB of text, loaded at the start. */
const onlyEnglish = {
  name: "no other languages",
  setup({ onLoad }) {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: "export {};" }));
  },
};

/**
 * Whoever touches a class of `fetch` loads all of it, with a parser of HTTP in WebAssembly: 4 MB. Without a `navigator`,
 * which newer versions of Node have, pg makes a Response to see whether it runs at Cloudflare; Yoga looks whether its own
 * Request is the one of Node, which it is not.
 */
const define = { navigator: JSON.stringify({ userAgent: "Node.js" }), "globalThis.Request": "undefined" };

/** Options of the bundler. */
export const memoryOptions = { define, plugins: [compilerInFile, fewFields, onlyEnglish] };

/**
 * Writes letters beyond ASCII as escapes, which mean the same in strings, patterns and comments: one such letter, in a
 * comment too, and V8 keeps the whole text of a module at two bytes a letter.
 */
export function writeInAscii(file) {
  const text = readFileSync(file, "utf8");
  const ascii = text.replace(
    /[^\0-\x7f]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (ascii !== text) writeFileSync(file, ascii);
}
