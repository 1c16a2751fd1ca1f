import { expect, test } from "vitest";
import { checkGraph } from "../../src/seeding/check-graph.ts";
import { toGraphFile } from "../../src/seeding/import-graph.ts";
import { quarantine } from "../../src/seeding/quarantine.ts";
import { readSourceRows, type SourceRow } from "../../src/seeding/read-graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { planChanges } from "../../src/store/rows/changes.ts";
import { perKind } from "../../src/store/rows/entities.ts";

/** More than a call takes as arguments. */
const MANY = 150_000;

function* skills(slugOf: (at: number) => string): Generator<SourceRow> {
  for (let at = 0; at < MANY; at++)
    yield {
      list: "skills",
      file: "many.csv",
      line: at + 1,
      value: { slug: slugOf(at), name: "S", hours: 1 },
    };
}

test("a graph of very many skills is checked and written", () => {
  const read = readSourceRows(skills((at) => `s${at}`));
  expect(checkGraph(read.rows)).toEqual([]);
  const nothing = perKind(() => new Map());
  const { log } = planChanges(toRows(toGraphFile(read.rows)), nothing, false, {});
  expect(log).toHaveLength(MANY);
}, 60_000);

test("very many rows are set aside", () => {
  const { setAside } = quarantine(readSourceRows(skills(() => "same")), undefined);
  expect(setAside).toHaveLength(MANY - 1);
}, 60_000);
