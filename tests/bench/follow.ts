import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import pino from "pino";
import { startServer } from "../../src/http/server.ts";
import { openStore } from "../../src/store/store.ts";
import { ask } from "../support/http.ts";
import { startPostgresql } from "../support/postgresql-server.ts";
import { version } from "../support/versions.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

const WRITES = 220;
/** The first ones find the code of both processes cold. */
const WARM_UP = 20;
/** How many ask all the time while the other process writes. */
const CLIENTS = 1;

/** How soon a process sees what another one has committed to PostgreSQL, while clients ask it questions. */
export async function benchFollow(): Promise<Row[]> {
  const server = await startPostgresql();
  const stopServer = untilStopped(() => server.stop());
  const databaseUrl = await server.createDatabase("follow");
  const store = await openStore({ databaseUrl, dataDir: "" });
  await store.write(version(0), "bench");
  const http = await startServer(store, pino({ level: "silent" }), { host: "127.0.0.1", port: 0 });
  const program = join(import.meta.dirname, "..", "support", "writing-process.ts");
  const writer = fork(program, [databaseUrl, String(WRITES)], { execArgv: ["--import", "tsx"] });
  const stop = untilStopped(async () => {
    writer.kill();
    await http.close();
    await store.close();
  });
  try {
    await once(writer, "message");
    const committed = new Map<number, number>();
    const seen = new Map<number, number>();
    const note = (revision: number) => {
      if (!seen.has(revision)) seen.set(revision, Date.now());
    };
    writer.on("message", ({ revision, at }: { revision: number; at: number }) => committed.set(revision, at));
    let isOver = false;
    const over = once(writer, "exit").then(() => {
      isOver = true;
    });
    writer.send("begin");
    const watch = setInterval(() => note(store.snapshot().revision), 1);
    let answers = 0;
    const askOn = async () => {
      while (!isOver)
        await ask(http.url, `{ graph { revision } skill(slug: "left") { name } } # ${answers++}`);
    };
    await Promise.all([over, ...Array.from({ length: CLIENTS }, askOn)]);
    clearInterval(watch);
    // A revision is seen with the first that is not older.
    const delays = [...committed].slice(WARM_UP).map(([revision, at]) => {
      const later = [...seen].filter(([other]) => other >= revision).map(([, when]) => when);
      return Math.max(0, Math.min(...later) - at);
    });
    return [
      {
        what: "a revision of another process: committed → seen, PostgreSQL, p99",
        figure: quantile(delays, 0.99),
        unit: "ms",
        goal: { atMost: 50, aim: 10 },
        note: `${delays.length} revisions, median ${quantile(delays, 0.5)} ms, ${answers} questions meanwhile`,
      },
    ];
  } finally {
    await stop();
    await stopServer();
  }
}
