import { compareGraphs } from "../support/compared-graphs.ts";
import type { Row } from "./report.ts";

/** How often the product differs from a model written from the definitions, on random graphs. */
export function benchCompare({ graphs: count }: { readonly graphs: number }): Row[] {
  const { graphs, answers, differences } = compareGraphs(count);
  for (const difference of differences.slice(0, 10)) process.stderr.write(`${difference}\n`);
  return [
    {
      what: `${graphs.toLocaleString("en")} random graphs against an independent model: differences`,
      figure: differences.length,
      unit: "",
      goal: { atMost: 0, aim: 0 },
      note: `${answers.toLocaleString("en")} answers: paths, alternatives, critical paths, necessary prerequisites`,
    },
  ];
}
