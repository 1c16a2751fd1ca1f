import pino from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import type { Store } from "../../src/store/store.ts";
import { closeWorkers } from "../../src/workers/ask.ts";
import { WorkerPool } from "../../src/workers/worker-pool.ts";
import { emptyDatabases } from "../support/database-pool.ts";
import { hardFile } from "../support/hard-file.ts";
import { hardGraphs } from "../support/hard-graphs.ts";

// One thread with two places, so that few questions fill it.
vi.mock("../../src/workers/limits.ts", async (original) => ({
  ...(await original<typeof import("../../src/workers/limits.ts")>()),
  MAX_THREADS: 1,
  MAX_TASKS_PER_THREAD: 2,
  MAX_PROOF_THREADS: 1,
  MAX_PROOFS_PER_THREAD: 2,
}));

const run = vi.spyOn(WorkerPool.prototype, "run");
beforeEach(() => {
  run.mockClear();
});
/** How each task of a worker has ended; 0 while it has not. */
const ends = () => run.mock.results.map((_, at) => run.mock.settledResults[at]?.type);
const untilProved = () =>
  vi.waitFor(() => expect(run.mock.calls.map(([name]) => name)).toContain("provedPath"), 60_000);

let store: Store;
let server: RunningServer;
beforeAll(async () => {
  store = await emptyDatabases.open();
  await store.write(toRows(graphFile.parse(hardFile(hardGraphs().slice(0, 2)))), "test");
  server = await startServer(store, pino({ level: "silent" }), { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await closeWorkers();
  await store.close();
});

interface Response {
  readonly status: number;
  readonly retryAfter: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the query gives it
  readonly data: any;
  readonly errors: readonly unknown[];
}

async function ask(input: object, signal?: AbortSignal): Promise<Response> {
  const query = `query ($input: LearningPathInput!) {
    learningPath(input: $input) { ... on LearningPath { totalHours lowerBoundHours isOptimal gap effort steps { skill { slug } } } }
  }`;
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { input } }),
    ...(signal && { signal }),
  });
  const { data, errors = [] } = await response.json();
  return { status: response.status, retryAfter: response.headers.get("retry-after"), data, errors };
}

const skill = (graph: number, index: number) => `hard-${graph}-skill-${String(index).padStart(4, "0")}`;
/** Whoever knows another skill has another question, hardly easier, of which nothing is remembered. */
const askHard = (known: number) => ask({ goals: [{ role: "hard-0" }], known: [skill(0, known)] });
const askEasy = (index: number) => ask({ goals: [{ skill: skill(1, index) }] });

test("easy questions that come after a hard one are answered before it", async () => {
  const order: string[] = [];
  const hard = askHard(0).then((answer) => {
    order.push("hard");
    return answer;
  });
  for (let skill = 0; skill < 5; skill++) {
    const { data } = await askEasy(skill);
    expect(data.learningPath.totalHours).toBeGreaterThan(0);
    order.push("easy");
  }
  const { data, errors } = await hard;
  expect(errors).toEqual([]);
  expect(data.learningPath).toMatchObject({ isOptimal: true, totalHours: 906, gap: 0, effort: "NORMAL" });
  expect(order).toEqual(["easy", "easy", "easy", "easy", "easy", "hard"]);
});

test("a hard question is answered at once, without a proof, when that is asked for", async () => {
  const { data } = await ask({ goals: [{ role: "hard-0" }], known: [skill(0, 0)], effort: "INSTANT" });
  const { totalHours, lowerBoundHours, gap, ...path } = data.learningPath;
  expect(path).toMatchObject({ isOptimal: false, effort: "INSTANT" });
  expect(totalHours).toBeGreaterThan(lowerBoundHours);
  expect(gap).toBeCloseTo(1 - lowerBoundHours / totalHours, 10);
});

test("when too many hard questions are under way, more are refused and easy ones are not", async () => {
  const hard = [1, 2, 3, 4].map((known) => askHard(known));
  expect((await askEasy(9)).data.learningPath.totalHours).toBeGreaterThan(0);
  const answers = await Promise.all(hard);
  const refused = answers.filter(({ errors }) => errors.length > 0);
  expect(refused).toHaveLength(2);
  for (const { status, retryAfter, errors } of refused) {
    expect(status).toBe(503);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(errors).toMatchObject([
      { message: expect.stringContaining("a little later"), extensions: { code: "TOO_BUSY" } },
    ]);
  }
  for (const { data, errors } of answers)
    if (errors.length === 0) expect(data.learningPath.steps.length).toBeGreaterThan(10);
});

/** A question that is proved in half a minute or so, each time it is asked: what is not proved is not kept. */
const thorough = (known: number) => ({
  goals: [{ role: "hard-1" }],
  known: [skill(1, known)],
  effort: "THOROUGH",
});

describe("work that nobody waits for ends", () => {
  test("when a client leaves", async () => {
    const leaving = new AbortController();
    const answer = ask(thorough(1), leaving.signal);
    await untilProved();
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await vi.waitFor(() => expect(ends().at(-1)).toBe("rejected"), 60_000);
  });

  test("when the client of a file leaves", async () => {
    const leaving = new AbortController();
    const link = `${server.url}/learning-path.md?role=hard-1&known=${skill(1, 2)}&effort=THOROUGH`;
    const answer = fetch(link, { signal: leaving.signal });
    await untilProved();
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await vi.waitFor(() => expect(ends().at(-1)).toBe("rejected"), 60_000);
  });

  test("not before the last of those that asked the same has left", async () => {
    const leaving = new AbortController();
    const input = { ...thorough(3), effort: "NORMAL" };
    const [first, second] = [ask(input, leaving.signal), ask(input)];
    await untilProved();
    leaving.abort();
    await expect(first).rejects.toThrow();
    expect((await second).data.learningPath.totalHours).toBeGreaterThan(0);
    expect(ends()).not.toContain("rejected");
  });

  test("when a part of the same operation is refused", async () => {
    const aliases = Array.from(
      { length: 6 },
      (_, at) =>
        `a${at}: learningPath(input: { goals: [{ role: "hard-1" }], known: ["${skill(1, 4 + at)}"] }) { __typename }`,
    );
    const response = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: `{ ${aliases.join("\n")} }` }),
    });
    expect(response.status).toBe(503);
    const { errors } = await response.json();
    for (const { extensions } of errors) expect(extensions).toEqual({ code: "TOO_BUSY" });
    await vi.waitFor(() => expect(ends()).toEqual(ends().map(() => "rejected")), 60_000);
    expect((await askEasy(10)).errors).toEqual([]);
  });
});
