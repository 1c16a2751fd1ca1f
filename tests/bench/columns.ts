import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { EDGE_COLUMNS } from "../../src/interchange/columns.ts";
import { launch } from "./launch.ts";
import type { Row } from "./report.ts";

/** What the system says that a process has read so far. */
const READ = "/proc/self/io";
/** For columns of what is said of edges. Most of the file are the names of sources and targets, whatever the encoding. */
const GOALS: Readonly<Record<string, Row["goal"]>> = {
  kind: { atMost: 10, aim: 5 },
  alternative: { atMost: 10, aim: 5 },
  group: { atMost: 10, aim: 5 },
  position: { atMost: 10, aim: 5 },
};

/**
 * How much of the edges DuckDB reads for a question about one column. It reads the downloaded file: the extension that would
 * ask for the same ranges over HTTP has to be downloaded first.
 */
export async function benchColumns(what: string, dataDir: string): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const { url, stop } = await launch({ DATA_DIR: dataDir, RATE_LIMIT: "off" });
  try {
    const file = join(folder, "edges.parquet");
    const bytes = Buffer.from(await (await fetch(`${url}/export/edges.parquet`)).arrayBuffer());
    writeFileSync(file, bytes);
    const rows: Row[] = [];
    for (const { name } of EDGE_COLUMNS) {
      const read = await bytesReadFor(`SELECT count(DISTINCT "${name}") FROM read_parquet('${file}')`);
      rows.push({
        what: `${what}: of edges.parquet read by DuckDB for the column ${name}`,
        figure: read && (100 * read) / bytes.length,
        unit: "%",
        ...(GOALS[name] && { goal: GOALS[name] }),
        note:
          read === undefined
            ? "only Linux tells"
            : `${Math.round(read / 1e3)} of ${Math.round(bytes.length / 1e3)} kB`,
      });
    }
    return rows;
  } finally {
    await stop();
    rmSync(folder, { recursive: true });
  }
}

/** The bytes that a statement reads from files; each with a DuckDB of its own, which has read nothing before. */
async function bytesReadFor(sql: string): Promise<number | undefined> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
  const connection = await instance.connect();
  try {
    const before = bytesRead();
    const after = bytesRead();
    await connection.runAndReadAll(sql);
    const then = bytesRead();
    // What looking itself reads is the difference of the first two.
    return before && after && then && then - after - (after - before);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function bytesRead(): number | undefined {
  try {
    return Number(/^rchar: (\d+)$/m.exec(readFileSync(READ, "utf8"))?.[1]);
  } catch {
    return undefined;
  }
}
