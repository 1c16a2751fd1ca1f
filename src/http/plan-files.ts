import { createContext } from "../api/context.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../api/core/errors.ts";
import { PLAN_FILES, PlanLinkError, readPlanQuery } from "../api/path/link.ts";
import { answerInput } from "../api/path/path.ts";
import { scheduleOf } from "../api/path/schedule.ts";
import { calendarOf } from "../interchange/calendar.ts";
import { checklistOf } from "../interchange/checklist.ts";
import type { Store } from "../store/store.ts";
import { exportedPlan } from "./plan-export.ts";
import { matches, toStoredAnswer } from "./stored-answers.ts";

/** A file as the server sends it. */
export interface PlanFile {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES = { calendar: "text/calendar", checklist: "text/markdown" } as const;

/**
 * A plan as a file, from the question in a link: an iCalendar file, which needs dates, or a checklist. Faults of
 * the client are answered with 400 and a message; 304 where the client has the file already.
 */
export async function planFile(
  store: Store,
  file: keyof typeof PLAN_FILES,
  url: string,
  ifNoneMatch: string | undefined,
): Promise<PlanFile> {
  try {
    const { revision, text } = await planText(store, file, url);
    const { etag, notModifiedHeaders } = toStoredAnswer(revision, TYPES[file], text);
    const caching = byName(notModifiedHeaders);
    if (matches(ifNoneMatch, etag)) return { status: 304, type: TYPES[file], body: "", headers: caching };
    const disposition = `attachment; filename="${PLAN_FILES[file].slice(1)}"`;
    return {
      status: 200,
      type: `${TYPES[file]}; charset=utf-8`,
      body: text,
      headers: { ...caching, ...(file === "calendar" && { "content-disposition": disposition }) },
    };
  } catch (error) {
    const message = clientFault(error);
    if (message === undefined) throw error;
    return {
      status: 400,
      type: "application/json; charset=utf-8",
      body: `${JSON.stringify({ message })}\n`,
      headers: { "access-control-allow-origin": "*" },
    };
  }
}

async function planText(store: Store, file: keyof typeof PLAN_FILES, url: string) {
  const at = url.indexOf("?");
  const { input, events } = readPlanQuery(new URLSearchParams(at === -1 ? "" : url.slice(at + 1)));
  const context = createContext(store);
  const path = await answerInput(context, input);
  const schedule = await scheduleOf(path, context);
  if (schedule !== undefined && schedule.kind !== "schedule")
    throw new PlanLinkError(`No schedule: ${schedule.message}.`);
  if (schedule === undefined && file === "calendar")
    throw new PlanLinkError(
      "Expected startOn and weeklyHours (or hoursPerWeekday, or deadline) for a calendar, got a path without dates.",
    );
  const plan = await exportedPlan(path, context, schedule);
  return {
    revision: context.snapshot.revision,
    text: file === "calendar" ? calendarOf(plan, events) : checklistOf(plan),
  };
}

/** The message of a client's fault, with the names that a link has; `undefined` for faults of ours. */
function clientFault(error: unknown): string | undefined {
  if (error instanceof PlanLinkError) return error.message;
  if (
    error instanceof NotFoundError ||
    error instanceof ValidationError ||
    error instanceof UnreachableGoalError
  )
    return error.message.replaceAll("input.", "");
  return undefined;
}

/** Headers from the flat form that `writeHead` takes. */
function byName(flat: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) headers[flat[at]!] = flat[at + 1]!;
  return headers;
}
