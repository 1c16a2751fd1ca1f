import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { RevisionLag } from "../../store/store.ts";
import type { PoolLoad } from "../../workers/worker-pool.ts";
import type { Answered } from "../answered.ts";
import type { CostTotals } from "../budgets.ts";
import { MAX_COUNTED_OPERATION_NAME, MAX_COUNTED_OPERATIONS } from "../limits.ts";
import type { Page } from "../page.ts";

/** What is read when the metrics are. */
export interface MetricSources {
  revision(): number;
  lag(): RevisionLag;
  cost(): CostTotals;
  /** By what the pools are for. */
  workers(): Readonly<Record<string, PoolLoad>>;
}

/** From stored bytes, a tenth of a millisecond, to a search with all its budget. */
const DURATION_BUCKETS_SECONDS = [0.0002, 0.001, 0.005, 0.02, 0.1, 0.5, 2, 10];

/**
 * The metrics of one server in the text format of Prometheus: what it was asked, and how it is. Those of Node.js, such as the
 * delay of the event loop, have the names that prom-client gives them everywhere. Loaded only where metrics are wanted.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Counter<"way" | "status">;
  readonly #durations: Histogram<"way">;
  readonly #deprecated: Counter<"operation" | "field">;
  /** Clients choose the names of their operations, and each takes memory for ever. */
  readonly #operations = new Set<string>();

  constructor({ revision, lag, cost, workers }: MetricSources) {
    const registers = [this.#registry];
    this.#requests = new Counter({
      name: "skills_graph_requests_total",
      help: "Requests answered, by how and with which HTTP status: 429 and 503 are refusals, stored ones cost next to nothing.",
      labelNames: ["way", "status"],
      registers,
    });
    this.#durations = new Histogram({
      name: "skills_graph_request_duration_seconds",
      help: "From the head of a request to the end of writing its answer, by how it was answered.",
      labelNames: ["way"],
      buckets: DURATION_BUCKETS_SECONDS,
      registers,
    });
    this.#deprecated = new Counter({
      name: "skills_graph_deprecated_fields_total",
      help: "Answers, except Yoga's, to operations that ask for a deprecated field or argument, by the operation's name.",
      labelNames: ["operation", "field"],
      registers,
    });
    const counted = (name: string, help: string, total: () => number) =>
      new Counter({
        ...{ name, help, registers },
        collect() {
          this.reset();
          this.inc(total());
        },
      });
    counted("skills_graph_cost_charged_total", "Cost taken from clients before work.", () => cost().charged);
    counted("skills_graph_cost_given_back_total", "Cost of it that was not used.", () => cost().givenBack);
    const told = (name: string, help: string, value: () => number) =>
      new Gauge({
        ...{ name, help, registers },
        collect() {
          this.set(value());
        },
      });
    told("skills_graph_revision", "The revision that requests are answered at.", revision);
    told(
      "skills_graph_revision_lag",
      "How many revisions that is behind the newest that the database has told of.",
      () => lag().revisions,
    );
    told(
      "skills_graph_revision_told_seconds",
      "How long ago the database has last told its revision. More than some seconds: it does not answer.",
      () => lag().saidSecondsAgo,
    );
    const ofPools = (name: string, help: string, value: (load: PoolLoad) => number) =>
      new Gauge({
        ...{ name, help, registers },
        labelNames: ["pool"],
        collect() {
          for (const [pool, load] of Object.entries(workers())) this.set({ pool }, value(load));
        },
      });
    ofPools("skills_graph_worker_threads", "Worker threads that run.", ({ threads }) => threads);
    ofPools("skills_graph_worker_tasks", "Hard questions that they have.", ({ tasks }) => tasks);
    const tasksOfPools = (name: string, help: string, value: (load: PoolLoad) => number) =>
      new Counter({
        ...{ name, help, registers },
        labelNames: ["pool"],
        collect() {
          this.reset();
          for (const [pool, load] of Object.entries(workers())) this.inc({ pool }, value(load));
        },
      });
    tasksOfPools("skills_graph_worker_tasks_total", "Hard questions given to workers.", ({ begun }) => begun);
    tasksOfPools(
      "skills_graph_worker_tasks_refused_total",
      "Hard questions for which no worker had room.",
      ({ refused }) => refused,
    );
    collectDefaultMetrics({ register: this.#registry });
  }

  answered({ way, status, ms, operation }: Answered): void {
    this.#requests.inc({ way, status });
    this.#durations.observe({ way }, ms / 1_000);
    if (operation === undefined) return;
    for (const field of operation.deprecated)
      this.#deprecated.inc({ operation: this.#labelOf(operation.name), field });
  }

  async page(): Promise<Page> {
    const body = await this.#registry.metrics();
    return { status: 200, type: this.#registry.contentType, body, headers: ["cache-control", "no-store"] };
  }

  #labelOf(name = "unnamed"): string {
    if (this.#operations.has(name)) return name;
    if (name.length > MAX_COUNTED_OPERATION_NAME || this.#operations.size >= MAX_COUNTED_OPERATIONS)
      return "other";
    this.#operations.add(name);
    return name;
  }
}
