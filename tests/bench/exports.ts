import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { EXPORT_FORMAT_NAMES } from "../../src/interchange/export-format-names.ts";
import { launch, megabytesOf } from "./launch.ts";
import { timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";

/** How long a server is left alone before its memory is looked at: it loads what first answers do not need. */
const SETTLE_MS = 2_500;
/** What the system counts processor time in, in milliseconds. */
const TICK_MS = 10;

/** The whole graph of a data folder in each format, each from a server of its own that has not written any before. */
export async function benchExports(what: string, dataDir: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const format of EXPORT_FORMAT_NAMES) {
    const { url, pid, stop } = await launch({ DATA_DIR: dataDir, RATE_LIMIT: "off" });
    try {
      await sleep(SETTLE_MS);
      const before = megabytesOf(pid);
      const processor = processorMsOf(pid);
      let bytes = 0;
      const time = await timedAsync(async () => {
        const response = await fetch(`${url}/export/${format}`, {
          headers: { "accept-encoding": "identity" },
        });
        if (!response.ok || response.body === null)
          throw new Error(`expected ${format} to be exported, got ${response.status}`);
        for await (const chunk of response.body) bytes += chunk.length;
      });
      const used = processorMsOf(pid);
      const peak = megabytesOf(pid, "VmHWM");
      const note = `${(bytes / 1e6).toFixed(1)} MB${used !== undefined && processor !== undefined ? `, ${((used - processor) / 1000).toFixed(1)} s of the processor` : ""}`;
      rows.push(
        { what: `${what} as ${format}`, figure: time / 1000, unit: "s", goal: { atMost: 3, aim: 1 }, note },
        {
          what: `${what} as ${format}: peak memory above the server`,
          figure: peak !== undefined && before !== undefined ? peak - before : undefined,
          unit: "MB",
          goal: { atMost: 100, aim: 50 },
        },
      );
    } finally {
      await stop();
    }
  }
  return rows;
}

/** The processor time that a process has taken, where the system tells it as Linux does. */
export function processorMsOf(pid: number): number | undefined {
  if (megabytesOf(pid) === undefined) return undefined;
  const [, rest = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const fields = rest.split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
