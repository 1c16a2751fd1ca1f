import { performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { DEAR, type Dear } from "./dear-operations.ts";
import { type Spawned, spawnServer } from "./load.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";

/** How long each of the dear questions is asked again and again, by how many clients. */
const SECONDS = 5;
const CLIENTS = 2;
/** How long before that, so that what is compiled at first is. */
const WARM_UP_MS = 1_500;
/** Between one ordinary question and the next. */
const PAUSE_MS = 5;

/**
 * What ordinary clients wait for while others ask, as fast as they are answered, what costs as much as an operation may: the
 * worst p99 of all kinds of dear questions.
 */
export async function benchDearest(): Promise<Row[]> {
  const server = await spawnServer("ours.ts");
  try {
    const rows: Row[] = [await beside(server, "nothing dear", (nth) => `{ a${nth}: __typename }`)];
    for (const [name, dear] of Object.entries(DEAR)) rows.push(await beside(server, name, dear));
    return rows;
  } finally {
    await server.stop();
  }
}

async function beside(server: Spawned, name: string, dear: Dear): Promise<Row> {
  let isOver = false;
  let number = 0;
  const told = new Map<string, number>();
  let cost: string | undefined;
  const asking = async () => {
    while (!isOver) {
      const { status, text } = await ask(server, dear(number++), { "x-cost": "1" });
      told.set(`${status}`, (told.get(`${status}`) ?? 0) + 1);
      cost ??= /"cost":(\{[^}]*\})/.exec(text)?.[1] ?? text.slice(0, 200);
    }
  };
  const others = Array.from({ length: CLIENTS }, asking);
  await pause(WARM_UP_MS);
  const waits: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  for (let nth = 0; performance.now() < end; nth++) {
    const asked = performance.now();
    await ask(server, `{ a${nth}: skill(slug: "git") { name hours } }`);
    waits.push(performance.now() - asked);
    await pause(PAUSE_MS);
  }
  isOver = true;
  await Promise.all(others);
  const answers = [...told].map(([status, count]) => `${count} × ${status}`).join(", ");
  return {
    what: `p99 of another request beside ${name}`,
    figure: quantile(waits, 0.99),
    unit: "ms",
    goal: { atMost: 100, aim: 30 },
    note: `longest ${Math.max(...waits).toFixed(0)} ms, ${waits.length} others; ${answers}; ${cost}`,
  };
}

async function ask({ url }: Spawned, query: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, text: await response.text() };
}
