import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { API_TOKEN } from "./api.ts";
import { commandLine } from "./built.ts";

/** A server in a process of its own, as `npm start` runs it, which is killed and started again at its address. */
export interface ServedProcess {
  readonly url: string;
  /** Ends it at once, as `kill -9` does. */
  kill(): Promise<void>;
  /** After `kill`: resolves when it serves. */
  restart(): Promise<void>;
  /** Asks it to stop, as SIGTERM does, and resolves with its exit code. */
  stop(): Promise<number | null>;
}

/** Serves the database of these variables, on a free port. */
export async function serveInProcess(variables: Readonly<Record<string, string>>): Promise<ServedProcess> {
  let { child, url } = await begin(variables, "0");
  const { port } = new URL(url);
  return {
    url,
    kill: async () => {
      const ended = once(child, "close");
      child.kill("SIGKILL");
      await ended;
    },
    restart: async () => {
      ({ child, url } = await begin(variables, port));
    },
    stop: async () => {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      const [code]: (number | null)[] = await ended;
      return code ?? null;
    },
  };
}

async function begin(
  variables: Readonly<Record<string, string>>,
  port: string,
): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, commandLine("serve"), {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      ...{ DATABASE_URL: "", HOST: "127.0.0.1", PORT: port, API_TOKEN, RATE_LIMIT: "off", LOG_LEVEL: "info" },
      ...variables,
    },
  });
  let told = "";
  child.stderr.on("data", (piece) => {
    told += piece;
  });
  // Read on, so that it never waits for a reader.
  const lines = createInterface(child.stdout);
  const url = await new Promise<string>((resolve, reject) => {
    lines.on("line", (line) => {
      told += `${line}\n`;
      const entry: unknown = JSON.parse(line);
      if (typeof entry !== "object" || entry === null || !("url" in entry) || !("msg" in entry)) return;
      if (entry.msg === "serving") resolve(String(entry.url));
    });
    child.once("close", () => reject(new Error(`the server ended before it served:\n${told}`)));
  });
  return { child, url };
}
