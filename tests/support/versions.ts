import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";

/** Two skills that tell their version wherever they can. */
export function version(number: number) {
  return toRows(
    graphFile.parse({
      skills: ["left", "right"].map((slug) => ({
        slug,
        name: `${slug} v${number}`,
        hours: number + 1,
        summary: `v${number}`,
        aliases: [`alias v${number}`],
      })),
    }),
  );
}
