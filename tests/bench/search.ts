import { performance } from "node:perf_hooks";
import { SearchIndex } from "../../src/loaders/search/search-index.ts";
import { escoAbsent, escoTexts } from "../support/esco.ts";
import { runToEnd } from "../support/run-to-end.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";

const WHAT = "search of ESCO by its names, as they are, begun, misspelt and run together: p99";
const GOAL = { atMost: 10, aim: 5 };
/** Every so many of the names are asked. */
const SAMPLE_EVERY = 17;
/** As long as a request may be, of what is hard to read. */
const LONG = {
  letters: "x".repeat(1_000_000),
  words: "a ".repeat(500_000),
  segments: "\u6570\u636e".repeat(250_000),
};

/** How long a search takes over 16,903 names and 130,287 aliases, and building the index. */
export function benchSearch(): Row[] {
  if (escoAbsent !== undefined)
    return [{ what: WHAT, figure: undefined, unit: "ms", goal: GOAL, note: escoAbsent }];
  const texts = escoTexts();
  const began = performance.now();
  const index = runToEnd(
    SearchIndex.build(
      texts.map(({ name, aliases, description }, at) => ({
        kind: "SKILL",
        slug: `skill-${at}`,
        name,
        texts: [
          ...aliases.map((text) => ({ field: "ALIAS", text }) as const),
          { field: "SUMMARY", text: description },
        ],
      })),
    ),
  );
  const built = performance.now() - began;
  const names = texts.filter((_, at) => at % SAMPLE_EVERY === 0).map(({ name }) => name);
  const timesOf = (queries: readonly string[]) =>
    queries.map((query) => {
      const start = performance.now();
      index.find(query, undefined, 10);
      return performance.now() - start;
    });
  const asked = names.flatMap((name) => [
    name,
    name.slice(0, Math.ceil(name.length / 2)),
    `${name[1]}${name[0]}${name.slice(2)}`,
    name.replaceAll(" ", ""),
  ]);
  timesOf(asked);
  const first = names.filter((name) => index.find(name, undefined, 1).hits[0]?.score === 1).length;
  return [
    {
      what: WHAT,
      figure: quantile(timesOf(asked), 0.99),
      unit: "ms",
      goal: GOAL,
      note: `${asked.length} queries`,
    },
    {
      what: "search of ESCO by a single letter: the worst",
      figure: Math.max(...timesOf([..."abcdefghijklmnopqrstuvwxyz"])),
      unit: "ms",
    },
    {
      what: "search for 1 MB of anything: the worst",
      figure: Math.max(...timesOf(Object.values(LONG))),
      unit: "ms",
      goal: { atMost: 20, aim: 5 },
    },
    {
      what: "the very name is a hit of score 1",
      figure: (100 * first) / names.length,
      unit: "%",
      goal: { atLeast: 100, aim: 100 },
    },
    { what: "building the search index of ESCO", figure: built / 1000, unit: "s" },
  ];
}
