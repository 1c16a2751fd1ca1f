/** How Prisma's adapter and its client name connections that cannot be had or were lost. */
const KINDS = new Set(["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"]);
const PRISMA_CODES = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);
/** Those of the system. */
const SYSTEM_CODES =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH)$/;
/** PostgreSQL's classes of connections, of resources, and of an operator, who also cancels what takes too long. */
const SQLSTATES = /^(08|53|57)[0-9A-Z]{3}$/;
/** The driver's own errors have nothing but a text. */
const MESSAGES =
  /timeout exceeded when trying to connect|Connection terminated|Query read timeout|not queryable/;

/**
 * Whether an error, or one that caused it, says that the database cannot answer at the moment, so that the same question
 * may be answered later: it cannot be reached, was lost, takes too long, or has too much to do.
 */
export function isUnavailable(error: unknown): boolean {
  for (const { kind, code, originalCode, message } of causesOf(error)) {
    if (typeof kind === "string" && KINDS.has(kind)) return true;
    for (const each of [code, originalCode])
      if (
        typeof each === "string" &&
        (PRISMA_CODES.has(each) || SYSTEM_CODES.test(each) || SQLSTATES.test(each))
      )
        return true;
    if (typeof message === "string" && MESSAGES.test(message)) return true;
  }
  return false;
}

/** Whether an error, or one that caused it, says that a disk is full, here or at the database. */
export function isDiskFull(error: unknown): boolean {
  for (const { code, originalCode, message } of causesOf(error)) {
    if ([code, originalCode].some((each) => each === "ENOSPC" || each === "EDQUOT" || each === "53100"))
      return true;
    if (typeof message === "string" && message.includes("No space left on device")) return true;
  }
  return false;
}

/** An error and those that caused it. */
function* causesOf(error: unknown): Generator<Faulty> {
  for (let at = error, depth = 0; typeof at === "object" && at !== null && depth < 8; depth++) {
    const faulty: Faulty = at;
    yield faulty;
    at = faulty.driverAdapterError ?? faulty.meta ?? faulty.cause;
  }
}

/** What the errors of Prisma, its adapter, the driver and the system may have. */
interface Faulty {
  readonly kind?: unknown;
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly message?: unknown;
  readonly meta?: unknown;
  readonly cause?: unknown;
  readonly driverAdapterError?: unknown;
}
