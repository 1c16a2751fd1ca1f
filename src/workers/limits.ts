import { availableParallelism } from "node:os";

/** What the worker threads may take. Each limit is there so that hard questions never keep easy ones waiting. */

/**
 * How long one search may hold a thread before others get their turn. Twenty times what nearly all searches take;
 * what is left to the event loop's 20 ms is for the step that a search is in when the time is up.
 */
export const SLICE_MS = 5;

/** Threads besides the main one: a core each, one left for the main thread; more than four would mostly hold memory. */
export const MAX_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

/** Tasks that share one thread: as each may take a second of it, who comes after these would wait half a minute. */
export const MAX_TASKS_PER_THREAD = 32;

/** An idle thread ends after this: its memory (some 20 MB) is worth more than the tenth of a second to start another. */
export const IDLE_MS = 60_000;

/** A thread that has tasks and has finished none for so long is ended: all it may hold take half of this. */
export const HUNG_MS = 60_000;

/** Threads for proofs besides the others: each keeps a core busy for seconds and takes some 100 MB meanwhile. */
export const MAX_PROOF_THREADS = Math.max(1, Math.min(2, Math.floor(availableParallelism() / 4)));

/** Proofs that wait for one thread or are under way there, one after the other: the last waits about half a minute. */
export const MAX_PROOFS_PER_THREAD = 8;

/** A thread for proofs that has finished none for so long is ended: a thorough one takes a minute of a quiet core. */
export const HUNG_PROOF_MS = 300_000;

/** When a thread could not even start, the next attempt comes after this; meanwhile all is done on the main thread. */
export const START_AGAIN_MS = 60_000;

/** JavaScript memory of one thread, graphs not counted: several times what `MAX_TASKS_PER_THREAD` hard searches take. */
export const MAX_THREAD_HEAP_MB = 512;

/** In graphs with more owners than this, what takes a pass over all of them is done by a worker: here it would take milliseconds. */
export const MAX_OWNERS_PASSED_HERE = 1_000;

/** The same for searches that first copy the arrays of the graph: 2 ms at ESCO's 17,543 owners. */
export const MAX_OWNERS_COPIED_HERE = 50_000;

/** Graphs that a thread keeps, with what searches remember of them: the newest, and the one that earlier requests still see. */
export const MAX_GRAPHS_OF_THREAD = 2;
