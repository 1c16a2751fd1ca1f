import { readdirSync, readFileSync } from "node:fs";
import { getPriority } from "node:os";
import fc from "fast-check";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { learningPathSearch } from "../../src/planning/learning-path.ts";
import type { SolvedPath } from "../../src/planning/path-question.ts";
import { LOW_PRIORITY } from "../../src/workers/limits.ts";
import { type Arguments, type TaskName, tasks } from "../../src/workers/tasks.ts";
import { type PoolOptions, TooBusyError, type Waiting, WorkerPool } from "../../src/workers/worker-pool.ts";
import { NoWorkerError, WorkerEndedError } from "../../src/workers/worker-thread.ts";
import { built } from "../support/built.ts";
import { choiceQuestion } from "../support/choice-questions.ts";
import { type HardGraph, hardGraphs } from "../support/hard-graphs.ts";
import type { AskedGraph } from "../support/random-questions.ts";
import { runToEnd } from "../support/run-to-end.ts";

/** Each thread runs what was built: a loader for the sources takes it a second to start. */
const OPTIONS = { threads: 1, file: built("workers/worker") };

const pools: WorkerPool[] = [];
function openPool(options: Partial<PoolOptions> = {}): WorkerPool {
  const pool = new WorkerPool({ ...OPTIONS, ...options });
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()));
});

const easy = hardGraphs()[0]!;
const file = (name: string) => `${import.meta.dirname}/${name}`;
const questionOf = ({ goal }: HardGraph) => ({ goals: [goal], known: [], choose: [], avoid: [] });
/** A tenth of a second or so, each time: what was found before is remembered with the graph, so each has its own. */
const askHard = (pool: WorkerPool, waiting?: Waiting) => {
  const hard = hardGraphs()[1]!;
  return pool.run("learningPath", hard.graph, [questionOf(hard), { maxWork: 10_000_000 }], waiting);
};

describe("answers", () => {
  const pool = new WorkerPool(OPTIONS);
  afterAll(() => pool.close());

  async function expectSame<Name extends TaskName>(
    name: Name,
    { graph }: AskedGraph,
    ...rest: Arguments<Name>
  ): Promise<void> {
    const outcome = (answer: () => unknown) =>
      Promise.resolve()
        .then(answer)
        .catch((error: Error) => [error.constructor, error.message]);
    expect([name, await outcome(() => pool.run(name, graph, rest))]).toEqual([
      name,
      await outcome(() => runToEnd(tasks[name](graph, ...rest))),
    ]);
  }

  test("are the same as on this thread, faults included, whatever the task", async () => {
    await fc.assert(
      fc.asyncProperty(choiceQuestion(12), fc.nat(), async (asked, number) => {
        const { graph, question, skillCount } = asked;
        const skill = number % skillCount;
        const goal = question.goals[0]!;
        const ready = { known: question.known, goals: question.goals };
        const standing = { known: question.known, roles: [] };
        const changes = [{ kind: "SET_COST", owner: skill, cost: number % 7 } as const];
        await expectSame("learningPath", asked, question);
        await expectSame("objectivePath", asked, question, { optimise: "STEPS" });
        await expectSame("cheapestChoices", asked, question, { atMost: 3 });
        await expectSame("compareRoles", asked, [goal, skill]);
        await expectSame("skillGap", asked, standing, goal);
        await expectSame("transitions", asked, standing, [goal, skill]);
        await expectSame("unlockedProjects", asked, [skill], question.known, {
          first: skillCount,
          end: graph.ownerCount,
        });
        await expectSame("whatIf", asked, changes, question);
        await expectSame("whatIf", asked, [{ ...changes[0]!, cost: -1 }], question);
        await expectSame("marketDemand", asked, { first: skillCount, end: graph.ownerCount });
        await expectSame("metrics", asked);
        await expectSame("necessaryPrerequisites", asked, question.goals);
        await expectSame("notReady", asked, ready, 5);
        await expectSame("readyToLearn", asked, ready, 5);
        await expectSame("subgraph", asked, [skill], { direction: "dependents", reduced: true });
        const path = runToEnd(learningPathSearch(graph, question));
        if (path.kind === "unreachable") return;
        await expectSame("alternatives", asked, question, path);
        await expectSame("explain", asked, skill, question, path);
      }),
      { numRuns: 60 },
    );
  });
});

test.runIf(process.platform === "linux")("threads leave the main thread its priority", async () => {
  const own = getPriority();
  const pool = openPool();
  const { graph, goal } = hardGraphs()[0]!;
  await pool.run("learningPath", graph, [{ goals: [goal], known: [], choose: [], avoid: [] }]);
  /** The 19th field; what comes before the name's closing bracket may have spaces. */
  const niceOf = (thread: string) =>
    Number(readFileSync(`/proc/self/task/${thread}/stat`, "utf8").split(") ")[1]!.split(" ")[16]);
  const niceness = readdirSync("/proc/self/task").map(niceOf);
  expect(niceness).toContain(Math.max(own, LOW_PRIORITY));
  expect(niceOf(String(process.pid))).toBe(own);
});

test("tasks of one thread take turns: a short one does not wait for a long one", async () => {
  const pool = openPool();
  const order: string[] = [];
  await Promise.all([
    askHard(pool).then(() => order.push("long")),
    pool.run("metrics", easy.graph, []).then(() => order.push("short")),
  ]);
  expect(order).toEqual(["short", "long"]);
});

test("more threads are started only for tasks at the same time", async () => {
  const pool = openPool({ threads: 2 });
  await pool.run("metrics", easy.graph, []);
  await pool.run("metrics", easy.graph, []);
  expect(pool.size).toBe(1);
  await Promise.all([askHard(pool), askHard(pool), askHard(pool)]);
  expect(pool.size).toBe(2);
});

test("what is more than the threads may have is refused, and taken when there is room again", async () => {
  const pool = openPool({ tasksPerThread: 2 });
  const taken = [askHard(pool), askHard(pool)];
  await expect(askHard(pool)).rejects.toThrow(TooBusyError);
  const answers = await Promise.all(taken);
  expect(await askHard(pool)).toEqual(answers[0]);
});

test("who has caused much gets half of the places", async () => {
  const pool = openPool({ tasksPerThread: 4 });
  const since = performance.now() + 600_000;
  const taken = [askHard(pool, { since }), askHard(pool, { since })];
  await expect(askHard(pool, { since })).rejects.toThrow(TooBusyError);
  await Promise.all([...taken, askHard(pool), askHard(pool)]);
});

describe("a task whose signal is aborted", () => {
  const left = new Error("nobody waits");

  test("ends, those that wait for their turn too, and leaves its place to others", async () => {
    const pool = openPool({ tasksPerThread: 3 });
    const abort = new AbortController();
    const { graph, goal } = hardGraphs()[1]!;
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    // Each would take minutes.
    const abandoned = [1, 2, 3].map((known) =>
      pool.run("provedPath", graph, [{ ...question, known: [known] }, "THOROUGH"], abort),
    );
    const ended = Promise.allSettled(abandoned);
    await expect(askHard(pool)).rejects.toThrow(TooBusyError);
    abort.abort(left);
    expect(await ended).toEqual(abandoned.map(() => ({ status: "rejected", reason: left })));
    expect(await pool.run("metrics", easy.graph, [])).toMatchObject({ skills: easy.graph.skillCount });
  });

  test("is not begun, and leaves nothing behind that another would be answered with", async () => {
    const pool = openPool();
    const aborted = AbortSignal.abort(left);
    await expect(pool.run("metrics", easy.graph, [], { signal: aborted })).rejects.toBe(left);
    expect(pool.size).toBe(0);
    const { graph, goal } = hardGraphs()[0]!;
    const question = { goals: [goal], known: [], choose: [], avoid: [] };
    const abort = new AbortController();
    const first = pool.run("provedPath", graph, [question, "NORMAL"], abort);
    await pool.run("metrics", easy.graph, []);
    setTimeout(() => abort.abort(left), 200);
    await first.catch(() => {});
    expect(await pool.run("provedPath", graph, [question, "NORMAL"])).toMatchObject({ isOptimal: true });
  });
});

test("says how much it does and has done", async () => {
  const pool = openPool({ tasksPerThread: 1 });
  expect(pool.load).toEqual({ threads: 0, tasks: 0, begun: 0, refused: 0 });
  const first = askHard(pool);
  await vi.waitFor(() => expect(pool.load).toEqual({ threads: 1, tasks: 1, begun: 1, refused: 0 }));
  await expect(askHard(pool)).rejects.toThrow(TooBusyError);
  await first;
  expect(pool.load).toEqual({ threads: 1, tasks: 0, begun: 1, refused: 1 });
});

test("a thread that has been idle for long ends, and another starts when it is needed", async () => {
  const pool = openPool({ idleMs: 1 });
  const before = await pool.run("metrics", easy.graph, []);
  await vi.waitFor(() => expect(pool.size).toBe(0));
  expect(await pool.run("metrics", easy.graph, [])).toEqual(before);
});

test("the tasks of a thread that crashes are rejected, and the next task gets a new one", async () => {
  // Crashes on transitions, and answers anything else.
  const pool = openPool({ file: file("crashing-worker.ts") });
  const beside = pool.run("learningPath", easy.graph, [questionOf(easy)]);
  const crashing = pool.run("transitions", easy.graph, [{ known: [], roles: [] }, []]);
  const results = await Promise.allSettled([beside, crashing]);
  expect(results.map((result) => result.status === "rejected" && result.reason)).toEqual([
    expect.any(WorkerEndedError),
    expect.any(WorkerEndedError),
  ]);
  expect(await pool.run("metrics", easy.graph, [])).toBe("survived");
});

test("when no thread can start, that is said at once, and not tried again for a while", async () => {
  const pool = openPool({ file: file("no-such-worker.ts") });
  await expect(askHard(pool)).rejects.toThrow(NoWorkerError);
  await expect(askHard(pool)).rejects.toThrow("the last one did not");
  expect(pool.size).toBe(0);
});

test("what cannot be sent is the fault of its task alone", async () => {
  const pool = openPool();
  const path = { skills: () => [] } as unknown as SolvedPath;
  const question = questionOf(easy);
  await expect(pool.run("explain", easy.graph, [0, question, path])).rejects.toThrow("could not be cloned");
  expect(await pool.run("metrics", easy.graph, [])).toMatchObject({ skills: easy.graph.skillCount });
});

test("a pool that is closed lets its tasks end, and starts anew when it is asked again", async () => {
  const pool = openPool();
  const task = askHard(pool);
  await vi.waitFor(() => expect(pool.size).toBe(1));
  await pool.close();
  expect(pool.size).toBe(0);
  const answer = await task;
  expect(await askHard(pool)).toEqual(answer);
});
