import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { untilStopped } from "./running.ts";

/** A server that is not ready by then is given up. */
const START_WITHIN_MS = 120_000;

/** A server as `npm start` starts it, on a free port. */
export interface Launched {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts the server as `npm start` does, with these settings, and resolves once it says where it is. */
export async function launch(env: Readonly<Record<string, string>>): Promise<Launched> {
  const child = spawn(process.execPath, ["src/run.mjs", "serve"], {
    env: { ...process.env, DATABASE_URL: "", HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const stop = untilStopped(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const giveUp = setTimeout(
        () => reject(new Error(`not ready within ${START_WITHIN_MS / 1000} s`)),
        START_WITHIN_MS,
      );
      let output = "";
      child.stdout.on("data", (chunk) => {
        if (output === "told") return;
        output += chunk;
        const said = /"url":"(http[^"]+)"/.exec(output)?.[1];
        if (said === undefined) return;
        clearTimeout(giveUp);
        output = "told";
        resolve(said);
      });
      ended.then(([code]) => {
        clearTimeout(giveUp);
        reject(new Error(`the server ended with ${code} before it was ready`));
      }, reject);
    });
    return { url, pid: child.pid!, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The resident memory of a process in MB, or its peak, `VmHWM`, where the system tells it as Linux does. */
export function megabytesOf(pid: number, figure: "VmRSS" | "VmHWM" = "VmRSS"): number | undefined {
  const file = `/proc/${pid}/status`;
  if (!existsSync(file)) return undefined;
  const kilobytes = new RegExp(`^${figure}:\\s+(\\d+) kB$`, "m").exec(readFileSync(file, "utf8"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}
