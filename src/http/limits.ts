/** The limits of the HTTP side, each with its reason. */

/** The largest request body: a learning path over every skill of a large graph fits ten times over. */
export const MAX_REQUEST_BYTES = 1_000_000;

/** The longest GraphQL document in tokens; the largest of the shipped operations has under 600. */
export const MAX_DOCUMENT_TOKENS = 5_000;

/** How long a stop waits for requests under way, in milliseconds, before it closes their connections. */
export const SHUTDOWN_GRACE_MS = 5_000;

/** The longest request id taken over from a client; longer or odd ones are replaced by ours. */
export const MAX_REQUEST_ID_LENGTH = 128;
