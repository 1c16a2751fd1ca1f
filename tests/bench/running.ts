/** What must be stopped before the bench ends, however it ends: processes and folders. */
const running = new Set<() => Promise<void>>();

/** Remembers how to stop something; the function returned stops it, once. */
export function untilStopped(stop: () => Promise<void>): () => Promise<void> {
  const once = async () => {
    if (running.delete(once)) await stop();
  };
  running.add(once);
  return once;
}

/** Stops what still runs, the last started first. */
export async function stopAll(): Promise<void> {
  for (const stop of [...running].reverse()) await stop().catch(() => {});
}
