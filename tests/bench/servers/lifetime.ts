import { monitorEventLoopDelay } from "node:perf_hooks";

/** How often the loop is looked at. What is recorded includes this time, so it is taken off again. */
const RESOLUTION_MS = 1;

/**
 * Tells the bench where this server is, and stops it when it is told to or when the bench is gone. After the
 * word "reset" the bench may ask for what has been since: "cpu", the processor time of this process, and
 * "delay" and "longest", the 99th percentile and the maximum of the event loop's delay, all in milliseconds.
 */
export function serveUntilStopped(url: string, stop: () => Promise<unknown> = async () => {}): void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let before = process.cpuUsage();
  const answers: Record<string, () => number> = {
    reset: () => {
      delay.reset();
      before = process.cpuUsage();
      return 0;
    },
    cpu: () => {
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    },
    delay: () => Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
    longest: () => Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
  };
  process.on("message", (word) => process.send?.(answers[String(word)]?.() ?? Number.NaN));
  let stopping = false;
  const end = () => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, end);
  process.on("disconnect", end);
  if (process.send === undefined) throw new Error("expected to be started by the bench");
  process.send(url);
}
