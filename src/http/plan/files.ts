import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import type { Context } from "../../api/context.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../../api/core/errors.ts";
import { nameOf, ownerHandle, rowId, slugOf } from "../../api/core/handle.ts";
import { memo } from "../../api/core/run.ts";
import { PLAN_FILES, readPlanQuery } from "../../api/path/link.ts";
import { PlanLinkError } from "../../api/path/link-formats.ts";
import { type AnsweredPath, answerInput } from "../../api/path/path.ts";
import { type ChosenResources, resourcesOf } from "../../api/path/resources.ts";
import { planStepsOf, scheduleOf } from "../../api/path/schedule.ts";
import { reasonsOf } from "../../api/path/step.ts";
import { calendarOf, TooManyEventsError } from "../../interchange/calendar.ts";
import { checklistOf } from "../../interchange/checklist.ts";
import type { ExportedItem, ExportedPlan } from "../../interchange/exported-plan.ts";
import type { PlanStep } from "../../planning/time/milestones.ts";
import type { Schedule } from "../../planning/time/schedule.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { unlessAbandoned } from "../../workers/abandon.ts";
import { inSlices } from "../../workers/slices.ts";
import type { Audience } from "../audience.ts";
import { cachingOf, matches } from "../graphql/stored-answers.ts";
import { MAX_PLAN_FILES_LENGTH } from "../limits.ts";
import { jsonPage, type Page } from "../page.ts";

type File = keyof typeof PLAN_FILES;

const TYPES = { calendar: "text/calendar", checklist: "text/markdown" } as const;

/** "a, b and c". */
const LIST = new Intl.ListFormat("en-GB");

/** How many resources are listed with one step: the first of those chosen for the path. */
const MAX_STEP_RESOURCES = 3;

/** A file as everybody gets it who follows the same link. */
interface PlanFile {
  readonly body: string;
  readonly etag: string;
  readonly headers: readonly string[];
}

/** A file that is written or being written, and who waits for it. */
interface KeptFile {
  readonly written: Promise<PlanFile>;
  readonly audience: Audience;
}

/** The files of a revision by their links, and those that are being written, so that none is written twice at once. */
const filesOf = memo(
  (_snapshot: GraphSnapshot) => new LRUCache<string, KeptFile>({ maxSize: MAX_PLAN_FILES_LENGTH }),
);

/** A request for a file. The work of the context that answers it is that of its audience. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly audience: Audience;
}

/**
 * A plan as a file, from the question in the link of a request: an iCalendar file, which needs dates, or a checklist.
 * Faults of the client are answered with 400 and a message; 304 where the client has the file already.
 */
export async function planFile(context: Context, file: File, asked: Asked): Promise<Page> {
  const { request } = asked;
  try {
    const { body, etag, headers } = await keptFile(context, file, asked);
    const type = `${TYPES[file]}; charset=utf-8`;
    if (matches(request.headers["if-none-match"], etag)) return { status: 304, type, body: "", headers };
    if (file === "checklist") return { status: 200, type, body, headers };
    const disposition = `attachment; filename="${PLAN_FILES[file].slice(1)}"`;
    return { status: 200, type, body, headers: [...headers, "content-disposition", disposition] };
  } catch (error) {
    const message = clientFault(error);
    if (message === undefined) throw error;
    return jsonPage(400, { message });
  }
}

function keptFile(context: Context, file: File, { request, response, audience }: Asked): Promise<PlanFile> {
  const { url = "" } = request;
  const files = filesOf(context.snapshot);
  const kept = files.get(url);
  if (kept !== undefined && !kept.audience.work.signal.aborted) {
    kept.audience.add(response);
    return kept.written;
  }
  const written = planText(context, file, url).then((body) => ({
    body,
    ...cachingOf(context.snapshot.revision, Buffer.from(body)),
  }));
  const own = { written, audience };
  files.set(url, own, { size: 1 });
  const isKept = () => files.peek(url) === own;
  written.then(
    ({ body }) => isKept() && files.set(url, own, { size: url.length + body.length }),
    () => isKept() && files.delete(url),
  );
  return written;
}

async function planText(context: Context, file: File, url: string): Promise<string> {
  const at = url.indexOf("?");
  const { input, events } = readPlanQuery(new URLSearchParams(at === -1 ? "" : url.slice(at + 1)));
  const path = await answerInput(context, input);
  const schedule = await scheduleOf(path, context);
  if (schedule !== undefined && schedule.kind !== "schedule")
    throw new PlanLinkError(`No schedule: ${schedule.message}.`);
  if (schedule === undefined && file === "calendar")
    throw new PlanLinkError(
      "Expected startOn and weeklyHours (or hoursPerWeekday, or deadline) for a calendar, got a path without dates.",
    );
  const plan = await exportedPlan(path, context, schedule);
  return file === "calendar"
    ? inSlices(unlessAbandoned(calendarOf(plan, events), () => context.work.signal.aborted))
    : checklistOf(plan);
}

/** The message of a client's fault, with the names that a link has; `undefined` for faults of ours. */
function clientFault(error: unknown): string | undefined {
  if (error instanceof PlanLinkError || error instanceof TooManyEventsError) return error.message;
  if (
    error instanceof NotFoundError ||
    error instanceof ValidationError ||
    error instanceof UnreachableGoalError
  )
    return error.message.replaceAll("input.", "");
  return undefined;
}

/** A plan with what a reader sees. Statements for four kinds of row, however many steps there are. */
async function exportedPlan(
  path: AnsweredPath,
  context: Context,
  schedule: Schedule | undefined,
): Promise<ExportedPlan> {
  const { snapshot } = context;
  const goals = path.question.goals.map((goal) => ownerHandle(snapshot, goal));
  const resources = await resourcesOf(path, context);
  const place = new Map(path.solved.skills.map((skill, at) => [skill, at]));
  const steps = await planStepsOf(path, context);
  return {
    title: LIST.format(goals.map((goal) => nameOf(snapshot, goal))),
    key: goals
      .map((goal) => `${goal.__typename.toLowerCase()}:${slugOf(snapshot, goal)}`)
      .sort()
      .join(),
    revision: snapshot.revision,
    computedAt: new Date(),
    ignored: path.request.ignored.map(({ slug }) => slug),
    items: await Promise.all(
      steps.map((step) =>
        step.kind === "PROJECT"
          ? projectItem(step, context)
          : skillItem(step, place.get(step.owner)!, path, context, resources),
      ),
    ),
    schedule,
  };
}

async function skillItem(
  { owner, cost }: PlanStep,
  at: number,
  path: AnsweredPath,
  context: Context,
  resources: ChosenResources,
): Promise<ExportedItem> {
  const { snapshot, loaders } = context;
  const skill = ownerHandle(snapshot, owner);
  const row = await loaders.skills.load(rowId(snapshot, skill));
  const chosen = new Set(resources.chosen.chosen.map(({ resource }) => resource));
  return {
    kind: "SKILL",
    slug: slugOf(snapshot, skill),
    name: nameOf(snapshot, skill),
    cost,
    summary: row?.summary,
    reason: reasonOf(path, at, context),
    resources: resources.chosen.perStep[at]!.filter((resource) => chosen.has(resource))
      .slice(0, MAX_STEP_RESOURCES)
      .map((resource) => {
        const { name, url } = resources.rows[resource]!;
        return { name, url: url ?? undefined };
      }),
  };
}

async function projectItem({ owner, cost }: PlanStep, { snapshot, loaders }: Context): Promise<ExportedItem> {
  const project = ownerHandle(snapshot, owner);
  const row = await loaders.projects.load(rowId(snapshot, project));
  return {
    kind: "PROJECT",
    slug: slugOf(snapshot, project),
    name: nameOf(snapshot, project),
    cost,
    summary: row?.brief,
  };
}

function reasonOf(path: AnsweredPath, at: number, context: Context): string | undefined {
  const { snapshot } = context;
  const skill = path.solved.skills[at]!;
  if (path.question.goals.includes(skill)) return undefined;
  const { requiredBy } = reasonsOf(path, context)[at]!;
  const names = requiredBy.map((owner) => nameOf(snapshot, ownerHandle(snapshot, owner)));
  if (names.length > 0) return `Needed for ${LIST.format(names)}.`;
  return path.request.optional.includes(skill) ? "Optional." : "Chosen.";
}
