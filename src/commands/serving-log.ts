import { type Logger, pino } from "pino";
import type { Config } from "../config.ts";
import { visible } from "../words/visible.ts";

const INFO = 30;
const WARNING = 40;
const ERROR = 50;

/**
 * The log of a server: on a terminal, warnings and errors in words, on standard error; elsewhere one line of JSON for each
 * entry, on standard output.
 */
export function servingLog({ logLevel }: Config, isTerminal: boolean): Logger {
  if (!isTerminal) return pino({ level: logLevel }, { write: (line) => process.stdout.write(visible(line)) });
  return pino({ level: logLevel }, { write: (line: string) => process.stderr.write(inWords(line)) });
}

/** What people read of an entry of the log. That it serves they are told already, and `debug` they have asked for. */
function inWords(line: string): string {
  const { level, msg = "", err, pid: _pid, hostname: _host, time: _time, ...rest } = JSON.parse(line);
  if (level === INFO) return "";
  if (level < WARNING) return visible(`${msg} ${JSON.stringify(rest)}\n`);
  const details = err === undefined ? "" : `: ${err.stack ?? err.message}`;
  return visible(`${level >= ERROR ? "error" : "warning"}: ${msg}${details}\n`);
}
