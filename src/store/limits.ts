/** Limits of what is stored, of the databases and the connections to them, each with its reason. */

/** How many connections one process opens at most: a default server allows 100. */
export const MAX_CONNECTIONS = 10;

/** How long a statement waits for a connection, new or free, before the server counts as unreachable. */
export const CONNECT_TIMEOUT_MS = 3_000;

/**
 * How long a statement of a request may take, waiting for locks included: it would be the slowest by far. Writes and the
 * reading of a whole graph are transactions, which have time limits of their own.
 */
export const STATEMENT_TIMEOUT_MS = 5_000;

/** How long after that a server that says nothing counts as lost. */
export const SILENCE_MS = 1_000;

/** How long is waited for a revision that somebody knows of: servers follow one another within milliseconds. */
export const REVISION_WAIT_MS = 2_000;

/** How long an idempotency key is remembered: longer than any client goes on trying, short enough to stay a small table. */
export const IDEMPOTENCY_HOURS = 24;

/** How long closing waits for a server that says nothing. */
export const CLOSE_TIMEOUT_MS = 2_000;

/** After how long a silence the system asks whether the other side of a connection still exists. */
export const KEEP_ALIVE_MS = 10_000;

/**
 * Room that there must be on the disk before anything is written to the embedded database: its log grows by 16 MB at a time,
 * and what the tables take comes on top. Besides, for each entity that is written, three times what one of the seeds takes.
 */
export const MIN_FREE_BYTES = 48_000_000;
export const MIN_FREE_BYTES_PER_ENTITY = 20_000;

/** Skills of which one learner records something: all of them count as known in one question, which takes 5,000. */
export const MAX_PROGRESS_ENTRIES = 4_000;

/**
 * Learners whose hours are first told together. Twice the five that are asked for, since the median of five that all say the
 * same would be told as something else one time in three: see `PRIVACY_LOSS`. Of ten it is one time in twenty.
 */
export const LEAST_LEARNERS_TOLD = 10;

/** Each aggregate is of twice as many learners as the one before, up to so many: more would make it older, and hardly better. */
export const MOST_LEARNERS_TOLD = 160;

/**
 * How much an aggregate may tell of one learner to somebody who knows the hours of all others: what is told is at most
 * e² = 7.4 times as likely with one hour of his as with any other. Less would need more learners for an aggregate of any use.
 */
export const PRIVACY_LOSS = 2;

/** Plans of one learner: more than anybody follows, and all are read to list some. */
export const MAX_SAVED_PLANS = 100;

/** Links to one plan: one for each friend, mentor and employer. */
export const MAX_PLAN_SHARES = 50;

/** Proposals of one author that nobody has decided yet: more than a reviewer reads of one in an evening. */
export const MAX_OPEN_PROPOSALS = 20;

/**
 * Proposals of one author altogether, those that were decided too: years of work of one person, and the table stays within
 * what all of them may write.
 */
export const MAX_PROPOSALS = 1_000;
