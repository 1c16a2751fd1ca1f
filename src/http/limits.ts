/** The limits of the HTTP side, each with its reason. */

/** The largest request body: a learning path over every skill of a large graph fits ten times over. */
export const MAX_REQUEST_BYTES = 1_000_000;

/** The longest GraphQL document in characters: thirty times the largest of the shipped operations. */
export const MAX_DOCUMENT_LENGTH = 100_000;

/** The same in tokens, comments included; the largest of the shipped operations has under 600. */
export const MAX_DOCUMENT_TOKENS = 5_000;

/** Brackets inside one another in a document: a requirement of 32 levels has 70. At 2,000 the parser's stack overflows. */
export const MAX_DOCUMENT_NESTING = 150;

/** How many errors one answer lists: more than anybody reads, and each may quote what was sent. */
export const MAX_ERRORS = 20;

/** The longest message of an error that quotes what was sent: its middle is left out. */
export const MAX_QUOTING_MESSAGE_LENGTH = 200;

/** The largest variables of which all faults are told, in characters of JSON: each message is made of all of them. */
export const MAX_VARIABLES_TOLD_IN_FULL = 20_000;

/** How long a client may take to send the headers of a request: a slow phone takes a second. */
export const HEADERS_TIMEOUT_MS = 20_000;

/** How long it may take to send a whole request: the largest body at 25 KB a second. */
export const REQUEST_TIMEOUT_MS = 40_000;

/** How long a client may read nothing of an answer that waits for it. */
export const UNREAD_TIMEOUT_MS = 30_000;

/** Connections at once, each some 20 KB; more are closed as they come. */
export const MAX_CONNECTIONS = 5_000;

/** The same from one address, which may be a proxy's with all clients behind it. */
export const MAX_CONNECTIONS_PER_ADDRESS = 2_000;

/** Requests that one connection may have waiting for the answers before them: browsers send none, tools that measure ten. */
export const MAX_PIPELINED = 20;

/** Bytes of answers that wait to be read, of all connections: what a small machine has to spare. */
export const MAX_WAITING_BYTES = 128_000_000;

/** How long a stop waits for answers that are being worked out: half of the 10 s that container engines give it. */
export const STOP_GRACE_MS = 5_000;

/** How long it waits for requests that may be on their way on idle connections: more than a round trip takes. */
export const STOP_QUIET_MS = 500;

/** How long `/ready` waits for the database: orchestrators wait a second for the answer. */
export const READY_TIMEOUT_MS = 800;

/** In how many seconds a request may come again when the revision that it asks for was not reached. */
export const MIN_REVISION_RETRY_SECONDS = 1;

/** How long after a failed start the database is tried again, in milliseconds: it is seldom back sooner. */
export const DATABASE_RETRY_MS = 2_000;

/** In how many seconds a client is to ask again when the database does not answer: it is back, or has another server. */
export const DATABASE_RETRY_AFTER_SECONDS = 5;

/** How long after the start Yoga is loaded, in milliseconds: the first requests come first, and rarely need it. */
export const YOGA_DELAY_MS = 1_000;

/** Subscriptions of one client at once: an office behind one address, or the pages of a small site. */
export const MAX_STREAMS_PER_CLIENT = 100;

/** The same of all clients: less than half of the connections, so that questions find some. */
export const MAX_STREAMS = 2_000;

/** When a client may come back that was refused for either, in seconds. */
export const STREAM_RETRY_SECONDS = 10;

/** After how long without an event a line says that the connection is alive: proxies close after 30 or 60 s of silence. */
export const STREAM_KEEP_ALIVE_MS = 12_000;

/** How long an event that cannot be read yet waits: for the database, or until its client has cost left again. */
export const STREAM_PAUSE_MS = 1_000;

/** Texts of events that are kept for the other subscriptions to the same: all get an event at about the same moment. */
export const MAX_SHARED_EVENTS = 50;

/** How many bytes of answers are kept to be sent again: some thousand answers of a typical path's 30 KB. */
export const MAX_STORED_BYTES = 64_000_000;

/** The largest answer that is kept; a larger one would push out too many others. */
export const MAX_STORED_ANSWER_BYTES = 2_000_000;

/** The longest request that is kept as the key of its answer. */
export const MAX_STORED_REQUEST_LENGTH = 16_384;

/** How many bytes of documents are kept parsed and validated: some hundred of the size of introspection. */
export const MAX_DOCUMENTS_BYTES = 16_000_000;

/** What a token takes in them at most, measured. */
export const BYTES_PER_TOKEN = 500;

/** How many bytes of compiled operations are kept. */
export const MAX_COMPILED_BYTES = 16_000_000;

/** What a selected field takes in them at most, measured. */
export const BYTES_PER_FIELD = 1_000;

/** Characters of the short texts of entities that are kept, such as a slug and a name: ten selections of a thousand entities have two million. */
export const MAX_CONSTANT_TEXTS_LENGTH = 4_000_000;

/** Characters of the texts of entities that are kept for a revision, rows included: one or two bytes each. */
export const MAX_ENTITY_TEXTS_LENGTH = 16_000_000;

/** The longest text of an entity that is kept: a skill with its resources and citations has a few thousand. */
export const MAX_ENTITY_TEXT_LENGTH = 20_000;

/** How many ways of deciding the `@skip` and `@include` of one operation are kept compiled: a page has a few switches. */
export const MAX_COMPILED_VARIANTS = 16;

/** How long a cache between client and server may use an answer without asking, in seconds. */
export const MAX_AGE_SECONDS = 30;

/** How long such a cache may go on using it while it asks again, in seconds. */
export const STALE_WHILE_REVALIDATE_SECONDS = 600;

/** How many bytes of operations that clients register are kept; one of a page takes a few kilobytes. */
export const MAX_REGISTERED_OPERATIONS_BYTES = 4_000_000;

/** The longest operation that a client may register, in characters: fifteen times the longest of the shipped ones. */
export const MAX_REGISTERED_LENGTH = 50_000;

/** The same of one client: a large application's, and no client can push out those of all others. */
export const MAX_REGISTERED_BYTES_OF_CLIENT = 400_000;

/** What every request costs a client besides what it asks for, in fields: reading it and sending stored bytes. */
export const REQUEST_COST = 10;

/** Bytes of a body or URL that cost as much as one field: parsing a megabyte takes some 20 ms. */
export const BYTES_PER_COST = 50;

/** Bytes of an answer that cost as much as one field: a megabyte takes half a millisecond to hand over, and the system as long. */
export const BYTES_SENT_PER_COST = 1_000;

/** How many fields of an answer are written between two looks at the clock: some 0.1 ms. */
export const FIELDS_BETWEEN_LOOKS = 200;

/** How many root fields of an answer are written in any case before the rest wait for a later turn: most answers have fewer. */
export const ROOT_FIELDS_AT_ONCE = 5;

/** What a plan as a file costs that has to be made: as much as a learning path with resources, projects and reasons. */
export const PLAN_FILE_COST = 5_000;

/** What a page of the explorer costs that has to be made: most of them ask for as much. */
export const PAGE_COST = 5_000;

/** What the graph at an earlier revision costs a page that has none at hand: as much as to tell what differs since. */
export const EARLIER_GRAPH_COST = 5_000;

/** What an export costs that has to be written, for each skill, project, role and roadmap of the graph: some 20 µs. */
export const EXPORT_COST_PER_OWNER = 20;

/** What it costs to bring a key or token that is not believed: it was looked up or its signature checked, for half a millisecond. */
export const UNKNOWN_CREDENTIAL_COST = 500;

/** What a document costs that was not parsed and compiled lately, for each of its characters: a short one takes 0.3 ms. */
export const NEW_DOCUMENT_COST = 300;
export const NEW_DOCUMENT_COST_PER_CHARACTER = 2;

/**
 * What a client may cause in a minute before others go first for a minute: fifty different plans, more than a person asks for. Beyond it, its
 * new work is done while the server has time to spare, or piece after piece when each has waited for a hundred times as long as it
 * takes, but no longer than this. An office behind one address waits only where others do not find time.
 */
export const FAIR_COST = 100_000;
export const LATER_MS_PER_COST = 0.1;
export const MAX_LATER_MS = 10_000;

/** How many clients are known to have caused much: far more than the server has time for. */
export const MAX_HEAVY_CLIENTS = 10_000;

/** How many requests of one client are refused at once in a minute: a program that was told to wait does so sooner. */
export const MAX_QUICK_REFUSALS = 20;

/** How long each further one waits for its refusal, in milliseconds: to ask again in a loop then costs next to nothing. */
export const SLOW_REFUSAL_MS = 1_000;

/** How long the cost of a client is added up before it begins at nothing again. */
export const RATE_WINDOW_SECONDS = 60;

/** An event loop that is late by so much, on average, is behind: an ordinary answer takes a few milliseconds. */
export const MAX_LATENESS_MS = 250;

/** How often its lateness is looked at, and how many times in a row it must be late before new work is refused. */
export const LATENESS_CHECK_MS = 500;
export const MAX_LATE_CHECKS = 4;

/** When a client may come back that was refused because the server is behind, in seconds. */
export const RETRY_WHEN_BEHIND_SECONDS = 5;

/** Names of operations that are told apart in metrics, each for some deprecated fields: those of a few applications. */
export const MAX_COUNTED_OPERATIONS = 100;

/** The longest of them, in characters: names that people give are shorter. */
export const MAX_COUNTED_OPERATION_NAME = 60;

/** How many characters of plans as files are kept for a revision: some hundred with an event for each week. */
export const MAX_PLAN_FILES_LENGTH = 16_000_000;

/** The shortest answer worth compressing, in bytes: a shorter one fits into one packet anyway. */
export const MIN_COMPRESSED_BYTES = 1_400;

/** The largest export in bytes: about three times what ESCO takes as GraphML. The command line has no such limit. */
export const MAX_EXPORT_BYTES = 200_000_000;

/** How many bytes of exports are kept for a revision, compressed: all formats of a large graph. */
export const MAX_KEPT_EXPORTS_BYTES = 50_000_000;

/** The largest export that is unpacked whole for those who do not take brotli, and how many bytes of these are kept: the graph that is shipped, in all formats. */
export const MAX_UNPACKED_EXPORT_BYTES = 4_000_000;
export const MAX_UNPACKED_EXPORTS_BYTES = 16_000_000;

/** How many bytes of pages and pictures of the explorer are kept for a revision: some thousand, compressed. */
export const MAX_EXPLORER_BYTES = 32_000_000;

/** Graphs at earlier revisions that are kept for pinned embeds: a few revisions serve many pages; one of ESCO takes 20 MB. */
export const MAX_EARLIER_GRAPHS = 4;

/** What a question of an assistant costs that calls a tool: as much as a page, which asks for as much. */
export const MCP_CALL_COST = 5_000;

/** The largest message of an assistant: a call that names some thousand skills. */
export const MAX_MCP_MESSAGE_BYTES = 100_000;

/** The longest id of a message, which its answer repeats: a UUID, or a name and a number, fits. */
export const MAX_MCP_ID_LENGTH = 100;

/** The most lines and characters of a list for an assistant: some 2,000 tokens, of which a conversation holds many. */
export const MAX_MCP_LISTED = 50;
export const MAX_MCP_TEXT_LENGTH = 6_000;

/** How far the clock of whoever signs a token may be from this one's, in seconds: clocks that are kept are within one. */
export const CLOCK_TOLERANCE_SECONDS = 30;

/** The longest subject of a token: a UUID, an address of mail or a name of an identity provider fits. */
export const MAX_SUBJECT_LENGTH = 200;

/** How long the keys of an identity provider are waited for, in milliseconds, with the first token that needs them. */
export const JWKS_TIMEOUT_MS = 2_000;

/** In how many seconds a client is to ask again when they could not be had. */
export const JWKS_RETRY_SECONDS = 5;

/**
 * By how much the heap may grow beyond what is used before V8 collects it all. Left to itself it lets the heap of a busy server
 * grow to three times as much, for minutes; this takes no more of the processor (`bench/crowd`, `bench/http`).
 */
export const HEAP_GROWING_PERCENT = 50;

/**
 * By what V8 multiplies the young generation where much of it survives. When serving begins it has twice 4 MB, in which
 * requests fit; left to itself it grows to twice 16 MB with the start, and a server that has something to do keeps them.
 */
export const YOUNG_GROWTH_FACTOR = 1;
