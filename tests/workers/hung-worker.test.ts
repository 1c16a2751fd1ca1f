import { afterAll, expect, test, vi } from "vitest";
import { WorkerPool } from "../../src/workers/worker-pool.ts";
import { WorkerEndedError } from "../../src/workers/worker-thread.ts";
import { hardGraphs } from "../support/hard-graphs.ts";

vi.mock("../../src/workers/limits.ts", async (original) => ({
  ...(await original<typeof import("../../src/workers/limits.ts")>()),
  HUNG_MS: 50,
}));

const pool = new WorkerPool({ file: `${import.meta.dirname}/crashing-worker.ts`, threads: 1 });
afterAll(() => pool.close());

test("a thread that finishes nothing for long is ended", async () => {
  const { graph, goal } = hardGraphs()[0]!;
  // It says nothing about paths; starting takes it longer than it has, unless something is done first.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const started = pool.run("metrics", graph, []);
  expect(await started).toBe("survived");
  vi.useRealTimers();
  const task = pool.run("learningPath", graph, [{ goals: [goal], known: [], choose: [], avoid: [] }]);
  await expect(task).rejects.toThrow(WorkerEndedError);
  await expect(task).rejects.toThrow("finished no task within");
});
