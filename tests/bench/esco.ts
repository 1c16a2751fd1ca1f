import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { importGraph } from "../../src/seeding/import-graph.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { type Esco, esco, escoAbsent } from "../support/esco.ts";
import { benchColumns } from "./columns.ts";
import { benchEscoPages } from "./esco-pages.ts";
import { benchEscoQuestions } from "./esco-questions.ts";
import { benchExports } from "./exports.ts";
import { median, timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";
import { startUp } from "./start.ts";

const START = "ESCO: process start to ready, embedded, second start";
const START_GOAL = { atMost: 5, aim: 2 };
/** How many writes of one edge are timed; the first ones find the database's code cold. */
const WRITES = 15;

/** How long `npm start` takes with ESCO, and what ESCO takes to import and to change. */
export async function benchEsco({ rounds }: { readonly rounds: number }): Promise<Row[]> {
  if (escoAbsent !== undefined)
    return [{ what: START, figure: undefined, unit: "s", goal: START_GOAL, note: escoAbsent }];
  const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const remove = untilStopped(async () => rmSync(dataDir, { recursive: true, force: true }));
  try {
    const classification = esco();
    const { importing, writing } = await importAndWrite(dataDir, classification);
    const starts: number[] = [];
    for (let round = 0; round < rounds; round++) starts.push((await startUp({ DATA_DIR: dataDir })).ready);
    return [
      {
        what: START,
        figure: median(starts) / 1000,
        unit: "s",
        goal: START_GOAL,
        note: `${classification.nodes.toLocaleString("en")} nodes, ${classification.relations.toLocaleString("en")} relations; the look for changed sources at its beginning included`,
      },
      { what: "ESCO: import of the graph file, embedded", figure: importing / 1000, unit: "s" },
      {
        what: "ESCO: one edge written → visible to a read, embedded",
        figure: median(writing),
        unit: "ms",
        note: "the whole write: transaction, checks and the new snapshot",
      },
      ...(await benchEscoQuestions(dataDir)),
      ...(await benchEscoPages(dataDir)),
      ...(await benchExports("ESCO", dataDir)),
      ...(await benchColumns("ESCO", dataDir)),
    ];
  } finally {
    await remove();
  }
}

async function importAndWrite(dataDir: string, { file }: Esco) {
  const store = await openStore({ dataDir });
  const close = untilStopped(() => store.close());
  try {
    const path = join(dataDir, "esco.json");
    writeFileSync(path, JSON.stringify(file));
    const importing = await timedAsync(async () => {
      const result = await importGraph(store, [path], { source: "ESCO" });
      if (result.kind !== "written")
        throw new Error(`expected ESCO to be imported: ${JSON.stringify(result.findings.slice(0, 3))}`);
    });
    const writing: number[] = [];
    for (let write = 0; write < WRITES; write++) writing.push(await writeEdge(store, file, write));
    return { importing, writing };
  } finally {
    await close();
  }
}

/** Lets a skill that needs nothing need another that needs nothing; milliseconds until the snapshot has it. */
async function writeEdge(store: Store, file: Esco["file"], number: number): Promise<number> {
  const [needed, ...free] = (file.skills ?? []).filter(({ requires }) => requires === undefined);
  const changed = free[number];
  if (needed === undefined || changed === undefined) throw new Error("expected skills without a requirement");
  const rows = toRows(graphFile.parse({ skills: [{ ...changed, requires: needed.slug }] }));
  const { revision } = store.snapshot();
  const time = await timedAsync(() => store.write(rows, "bench"));
  const { graph, skills, revision: now } = store.snapshot();
  const index = skills.indexOf.get(changed.slug)!;
  if (now !== revision + 1 || graph.requirement[index] !== skills.indexOf.get(needed.slug))
    throw new Error(`expected ${changed.slug} to need ${needed.slug} at revision ${revision + 1}`);
  return time;
}
