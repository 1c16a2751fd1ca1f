import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** What tells a process from all others, and from a later one that got the same pid. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When the process started, in whatever form the system tells it; null where it does not. */
  readonly started: string | null;
  /** The machine, or the container: pids mean nothing elsewhere. */
  readonly host: string;
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startOf(process.pid) ?? null, host: hostname() };
}

/** Whether a process of this host still runs. One that was killed and not yet reaped does not. */
export function isRunning({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: there is such a process, of another user.
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  return started === null || startOf(pid) === started;
}

/** The start of a process as the system tells it; undefined when there is no such process (or it is a zombie). */
function startOf(pid: number): string | null | undefined {
  if (process.platform === "linux") return startOnLinux(pid);
  if (process.platform === "win32") return null;
  const { status, stdout } = spawnSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : null;
}

/** Clock ticks since boot, from the 22nd field of /proc/<pid>/stat; the second may hold any character. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return fields[0] === "Z" || fields[0] === "X" ? undefined : `${boot} ${fields[19]}`;
  } catch {
    return undefined;
  }
}
