import { setImmediate as turn } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ask, askPath, closeWorkers } from "../../src/workers/ask.ts";
import { MAX_OWNERS_PASSED_HERE } from "../../src/workers/limits.ts";
import { tasks } from "../../src/workers/tasks.ts";
import { TooBusyError, WorkerPool } from "../../src/workers/worker-pool.ts";
import { NoWorkerError, WorkerEndedError } from "../../src/workers/worker-thread.ts";
import { hardGraphs } from "../support/hard-graphs.ts";
import { runToEnd } from "../support/run-to-end.ts";
import { syntheticGraph } from "../support/synthetic-graph.ts";

const run = vi.spyOn(WorkerPool.prototype, "run");
// A new turn of the event loop, with nothing used of it.
beforeEach(() => turn());
afterEach(() => run.mockReset());
afterAll(() => closeWorkers());

const { graph: remembering, goal } = hardGraphs()[1]!;
/** A copy, for which no answers are remembered. */
let graph = remembering;
beforeEach(() => {
  graph = { ...remembering };
});
const hard = { goals: [goal], known: [], choose: [], avoid: [] };
/** A tenth of a second or so. */
const budget = { maxWork: 10_000_000 };
const easy = { ...hard, goals: [0] };

describe("a question", () => {
  test("that is easy is answered at once, and no worker hears of it", () => {
    expect(ask("learningPath", { graph }, easy)).toMatchObject({ kind: "path", skills: [0] });
    expect(run).not.toHaveBeenCalled();
  });

  test("that is hard is answered by a worker, as it would be here", async () => {
    const found = ask("learningPath", { graph }, hard, budget);
    expect(found).toBeInstanceOf(Promise);
    const answer = await found;
    expect(run.mock.settledResults).toEqual([{ type: "fulfilled", value: answer }]);
    expect(answer).toEqual(runToEnd(tasks.learningPath({ ...remembering }, hard, budget)));
  });

  test("that is hard is answered here when no worker can be had", async () => {
    run.mockRejectedValueOnce(new NoWorkerError("none"));
    const found = ask("learningPath", { graph }, hard, budget);
    expect(found).toBeInstanceOf(Promise);
    expect(await found).toEqual(runToEnd(tasks.learningPath({ ...remembering }, hard, budget)));
  });

  test("that ends a worker is not asked again here", async () => {
    run.mockRejectedValueOnce(new WorkerEndedError("gone"));
    await expect(ask("learningPath", { graph }, hard, budget)).rejects.toThrow("gone");
  });
});

describe("a path that the quick search leaves unproved", () => {
  test("is proved by a worker", async () => {
    const quick = await ask("learningPath", { graph }, hard);
    run.mockClear();
    expect(quick).toMatchObject({ isOptimal: false });
    const path = await askPath({ graph }, hard, "NORMAL");
    expect(path).toMatchObject({ kind: "path", isOptimal: true, cost: 104_800, lowerBound: 104_800 });
    expect(run.mock.calls.map(([name]) => name)).toEqual(["learningPath", "provedPath"]);
    expect(await askPath({ graph }, hard, "NORMAL")).toEqual(path);
  });

  test("is answered as it is when that is to be at once, or when no worker can be had", async () => {
    const quick = await ask("learningPath", { graph }, hard);
    run.mockClear();
    expect(await askPath({ graph }, hard, "INSTANT")).toEqual(quick);
    expect(run.mock.calls.map(([name]) => name)).not.toContain("provedPath");
    run.mockRejectedValue(new NoWorkerError("none"));
    expect(await askPath({ graph }, hard, "NORMAL")).toEqual(quick);
    expect(run.mock.calls.map(([name]) => name)).toContain("provedPath");
  });

  test("is refused when too many are under way", async () => {
    run.mockImplementation(async (name) => {
      if (name === "provedPath") throw new TooBusyError("full");
      throw new NoWorkerError("none");
    });
    await expect(askPath({ graph }, hard, "NORMAL")).rejects.toThrow(TooBusyError);
  });
});

test("a pass over a small graph is made here, one over a large graph in a worker", async () => {
  const small = syntheticGraph({ skills: MAX_OWNERS_PASSED_HERE });
  // Perhaps in a later turn, where what went before has used up this one.
  expect(await ask("metrics", { graph: small })).toMatchObject({ skills: small.skillCount });
  const large = syntheticGraph({ skills: MAX_OWNERS_PASSED_HERE + 1 });
  expect(run).not.toHaveBeenCalled();
  expect(await ask("metrics", { graph: large })).toMatchObject({ skills: large.skillCount });
  expect(run.mock.settledResults).toMatchObject([{ type: "fulfilled" }]);
});
