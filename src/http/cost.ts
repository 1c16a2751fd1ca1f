import type { IncomingMessage } from "node:http";
import { WORK_PER_COST } from "../api/limits.ts";
import type { Size } from "../api/operation-limits.ts";
import type { Spent } from "../workers/metered.ts";
import { inTurn } from "../workers/slices.ts";
import type { OperationCache } from "./execution/operation-cache.ts";
import type { Gate } from "./gate.ts";
import { MAX_DOCUMENT_LENGTH, NEW_DOCUMENT_COST, NEW_DOCUMENT_COST_PER_CHARACTER } from "./limits.ts";

/** What an operation has cost: what was written and searched, and what does not depend on either. */
export function actualCost({ fixed }: Size, written: number, { work }: Spent): number {
  return written + fixed + Math.ceil(work / WORK_PER_COST);
}

/** Has a document paid that is about to be parsed, validated and compiled; one that was lately costs nothing. */
export function payForNew(
  gate: Gate,
  request: IncomingMessage,
  operations: OperationCache,
  text: string,
): void {
  if (operations.knows(text)) return;
  const length = Math.min(text.length, MAX_DOCUMENT_LENGTH);
  gate.settle(request, 0, NEW_DOCUMENT_COST + NEW_DOCUMENT_COST_PER_CHARACTER * length);
}

/** A request whose work was charged for, and waits. */
export interface Paid {
  readonly request: IncomingMessage;
  /** Aborted when nobody waits for the answer any more. */
  readonly work: AbortController;
  /** What was charged. */
  readonly cost: number;
  /** From when it counts as waiting. */
  readonly since: number;
}

/** Answers when it is its turn (see `inTurn`). Whoever has left while it waited is not answered, and pays for nothing. */
export function answerInTurn<Result>(
  gate: Gate,
  { request, work, cost, since }: Paid,
  answer: () => Result,
): Result | Promise<Result> {
  const unlessLeft = () => {
    if (work.signal.aborted) gate.settle(request, cost, 0);
    work.signal.throwIfAborted();
    return answer();
  };
  return inTurn(unlessLeft, since, work.signal);
}

/** What a client is told in `extensions` of what an operation costs, if it asks. */
export interface CostExtension {
  readonly cost: {
    readonly requested: number;
    readonly actual: number;
    /** Null where nothing is counted. */
    readonly remaining: number | null;
    readonly resetsIn: number | null;
  };
}

/** Whether a client asks for the cost, by the header `X-Cost` or by `?cost`. Its answer is for nobody else. */
export function wantsCost({ headers, url = "" }: IncomingMessage): boolean {
  return headers["x-cost"] !== undefined || /[?&]cost(?:[=&]|$)/.test(url);
}

/** Gives back what was taken and not used, or takes what was used besides; then tells the client, if it asks. */
export async function settle(
  gate: Gate,
  request: IncomingMessage,
  { cost: requested }: Size,
  actual: number,
): Promise<CostExtension | undefined> {
  gate.settle(request, requested, actual);
  if (!wantsCost(request)) return undefined;
  const { remaining = null, resetsIn = null } = (await gate.left(request)) ?? {};
  return { cost: { requested: Math.ceil(requested), actual, remaining, resetsIn } };
}
