import { availableParallelism } from "node:os";

/** Limits of the worker threads. With each of them, hard questions do not delay easy ones. */

/**
 * How long one search may hold a thread before other work gets its turn. Nearly all searches take a twentieth of
 * this. The event loop may be delayed by 20 ms; the rest is for the step that a search is in when its time is up.
 */
export const SLICE_MS = 5;

/** The same of work that can wait: whoever comes meanwhile waits for the rest of it. */
export const LATER_SLICE_MS = 2;

/**
 * The part of its time that a thread may be busy when work begins that can wait. The rest is for those who come: with more, they
 * would wait for one another although there is time.
 */
export const MAX_BUSY = 0.3;

/** How far back that looks, in milliseconds: some of the longest pieces of work. */
export const LOOK_BACK_MS = 50;

/** How soon it is looked at again, in milliseconds. */
export const LOOK_AGAIN_MS = 4;

/** Threads besides the main one: one a core, less one core for the main thread. More than four would mostly use memory. */
export const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

/**
 * Tasks that share one thread. Each may take a second of it, so one more would wait for half a minute. Clients that have caused
 * much get half of them, here and in the other pools, so that nobody can fill them all.
 */
export const MAX_TASKS_PER_THREAD = 32;

/** An idle thread ends after this time: it uses some 20 MB, and starting another takes only a tenth of a second. */
export const IDLE_MS = 60_000;

/** A thread that has not finished any of its tasks for this long is ended: all of them together need half of it. */
export const HUNG_MS = 60_000;

/** Additional threads for proofs. Each keeps a core busy for seconds and uses some 100 MB meanwhile. */
export const MAX_PROOF_THREADS = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4)));

/** Proofs that run or wait on one thread. They run one after the other, so the last waits about half a minute. */
export const MAX_PROOFS_PER_THREAD = 8;

/** A thread that has not finished a proof for this long is ended: a thorough one takes a minute of an idle core. */
export const HUNG_PROOF_MS = 300_000;

/** Pictures that wait for one thread: a usual one takes a twentieth of a second, the largest a second. */
export const MAX_PICTURES_PER_THREAD = 16;

/** A thread that has not finished a picture for this long is ended: the largest take a second of an idle core. */
export const HUNG_PICTURE_MS = 30_000;

/** The time until the next attempt after a thread could not start. Until then, the main thread does everything. */
export const START_AGAIN_MS = 60_000;

/** JavaScript memory of one thread without the graphs: several times what `MAX_TASKS_PER_THREAD` hard searches use. */
export const MAX_THREAD_HEAP_MB = 512;

/** A pass over a graph with more owners than this is done by a worker: on the main thread it would take milliseconds. */
export const MAX_OWNERS_PASSED_HERE = 1_000;

/** The same limit for searches that first copy the arrays of the graph: 2 ms at ESCO's 17,543 owners. */
export const MAX_OWNERS_COPIED_HERE = 50_000;

/** Graphs that a thread keeps, with all that searches remember of them: the newest, and the one of older requests. */
export const MAX_GRAPHS_OF_THREAD = 2;

/** The niceness of worker threads, where a thread can have its own: hard questions use the time that others leave. */
export const LOW_PRIORITY = 10;
