/** The limits of the HTTP side, each with its reason. */

/** The largest request body: a learning path over every skill of a large graph fits ten times over. */
export const MAX_REQUEST_BYTES = 1_000_000;

/** The longest GraphQL document in tokens; the largest of the shipped operations has under 600. */
export const MAX_DOCUMENT_TOKENS = 5_000;

/** How long a stop waits for requests under way, in milliseconds, before it closes their connections. */
export const SHUTDOWN_GRACE_MS = 5_000;

/** How long after the start Yoga is loaded, in milliseconds: the first requests come first, and rarely need it. */
export const YOGA_DELAY_MS = 1_000;

/** How many bytes of answers are kept to be sent again: some thousand answers of a typical path's 30 KB. */
export const MAX_STORED_BYTES = 64_000_000;

/** The largest answer that is kept; a larger one would push out too many others. */
export const MAX_STORED_ANSWER_BYTES = 2_000_000;

/** The longest request that is kept as the key of its answer. */
export const MAX_STORED_REQUEST_LENGTH = 16_384;

/** How many operations are kept parsed, validated and compiled; one compiled operation takes about 100 KB. */
export const MAX_COMPILED_OPERATIONS = 500;

/** How many ways of deciding the `@skip` and `@include` of one operation are kept compiled: a page has a few switches. */
export const MAX_COMPILED_VARIANTS = 16;

/** How long a cache between client and server may use an answer without asking, in seconds. */
export const MAX_AGE_SECONDS = 30;

/** How long such a cache may go on using it while it asks again, in seconds. */
export const STALE_WHILE_REVALIDATE_SECONDS = 600;

/** How many bytes of operations that clients register are kept; one of a page takes a few kilobytes. */
export const MAX_REGISTERED_OPERATIONS_BYTES = 4_000_000;

/** The largest operation that a client may register. */
export const MAX_REGISTERED_OPERATION_BYTES = 100_000;

/** The shortest answer worth compressing, in bytes: a shorter one fits into one packet anyway. */
export const MIN_COMPRESSED_BYTES = 1_400;
