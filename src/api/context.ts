import type { LoggedRevision } from "../loaders/change-log.ts";
import { createLoaders, type Loaders } from "../loaders/loaders.ts";
import { spentHoursLoader } from "../loaders/spent-hours.ts";
import { findSharedPlan, LearnerData, type SavedPlan } from "../store/rows/learner-data.ts";
import { Proposals } from "../store/rows/proposals.ts";
import type { SpentHours } from "../store/rows/spent-hours.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { Store } from "../store/store.ts";
import type { Spent } from "../workers/metered.ts";
import { may, NOBODY, type Viewer } from "./viewer.ts";

/** What a context is made from. */
export interface ApiRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Who asks; absent: nobody that is known. */
  readonly viewer?: Viewer | undefined;
  /** What ends the work on the answer: aborted when nobody waits for it any more. */
  readonly work?: AbortController | undefined;
  /** Where what searches take for the answer is added up. */
  readonly spent?: Spent | undefined;
  /** From when the work on the answer counts as waiting; see `Waiting`. */
  readonly since?: number | undefined;
}

/** What every resolver of one request sees. */
export interface Context {
  readonly request: ApiRequest;
  /** Who asks. */
  readonly viewer: Viewer;
  /** Aborted when the work on the answer is to end: nobody waits for it, or a part of it was refused. */
  readonly work: AbortController;
  /** What searches have taken so far. */
  readonly spent: Spent;
  /** From when its searches count as waiting; absent: each from when it is begun. */
  readonly since?: number | undefined;
  /** The structure at one revision: the request sees no other, however long it takes. */
  readonly snapshot: GraphSnapshot;
  /** The rows, one loader for each relation. */
  readonly loaders: Loaders;
  /** Whether the loaders were asked for. What was answered without them is of the snapshot's revision for certain. */
  readonly hasReadRows: boolean;
  /** What is stored of the learner who asks; absent where nobody does who is one. */
  readonly learner: LearnerData | undefined;
  /** The proposals that whoever asks may see; absent where nobody does who has a scope. */
  readonly proposals: Proposals | undefined;
  /** The plan that a link leads to. */
  readonly sharedPlan: (token: string) => Promise<SavedPlan | undefined>;
  /** What learners have spent on a skill, by a slug that it has or had. It is of no revision, so it is read for each request. */
  readonly spentHours: (slug: string) => Promise<SpentHours | undefined>;
  /** What mutations write with; absent in queries, and so where the request may not write. */
  readonly write?: Write;
  /** What subscriptions follow the graph with; absent in all else. */
  readonly follow?: Follow;
}

/**
 * The revisions after one, absent: after the current one, in order, those that are yet to be written too. Rejects where
 * there is no such revision.
 */
export type Follow = (since: number | undefined) => Promise<AsyncIterable<LoggedRevision>>;

/** Changes the graph. Whatever is resolved afterwards is of the newest revision, whether the change was made or refused. */
export type Write = <Result>(change: (store: Store) => Promise<Result>) => Promise<Result>;

const WITHOUT_CREDENTIALS: ApiRequest = { headers: {} };

/**
 * The loaders of each revision, shared by all requests that are answered at it: a row is read once for all of them,
 * and requests that run at the same moment share their statements. They live as long as their snapshot, so a write
 * discards them by moving the revision. They read only public rows; rows that not everybody may see need loaders of
 * their own.
 */
const loadersOf = new WeakMap<GraphSnapshot, Loaders>();

/** The context of one request: the current snapshot and the loaders of its revision. */
export function createContext(store: Store, request: ApiRequest = WITHOUT_CREDENTIALS): Context {
  const snapshot = store.snapshot();
  let hasReadRows = false;
  let spentHours: ReturnType<typeof spentHoursLoader> | undefined;
  return {
    request,
    viewer: request.viewer ?? NOBODY,
    learner: learnerOf(store, request.viewer),
    proposals: proposalsOf(store, request.viewer),
    sharedPlan: (token) => findSharedPlan(store.prisma, token),
    spentHours: (slug) => {
      spentHours ??= spentHoursLoader(store.prisma);
      return spentHours.load(slug);
    },
    work: request.work ?? new AbortController(),
    spent: request.spent ?? { work: 0 },
    since: request.since,
    snapshot,
    get hasReadRows() {
      return hasReadRows;
    },
    // Made when they are first needed: many questions are answered from the snapshot alone.
    get loaders() {
      hasReadRows = true;
      let loaders = loadersOf.get(snapshot);
      if (loaders === undefined) {
        loaders = createLoaders(store.prisma);
        loadersOf.set(snapshot, loaders);
      }
      return loaders;
    },
  };
}

/** What is stored of somebody who is a learner. */
function learnerOf(store: Store, viewer: Viewer | undefined): LearnerData | undefined {
  if (viewer?.subject === undefined || !may(viewer, "learner")) return undefined;
  return new LearnerData(store, viewer.subject);
}

function proposalsOf(store: Store, viewer: Viewer | undefined): Proposals | undefined {
  if (viewer === undefined || !may(viewer, "any")) return undefined;
  return new Proposals(store, { name: viewer.name, isReviewer: may(viewer, "graph:write") });
}

/** What of a context is the same over any graph, for contexts over another one. */
export function withoutGraph(context: Context): Omit<Context, "snapshot" | "loaders" | "hasReadRows"> {
  const { request, viewer, learner, proposals, sharedPlan, spentHours, work, spent, since } = context;
  return { request, viewer, learner, proposals, sharedPlan, spentHours, work, spent, since };
}

/** What a request reads rows through, the same for all requests of a revision; to ask for it is to read rows. */
export function rowSourceOf(context: unknown): object {
  if (!isContext(context)) throw new TypeError("expected the context of a request");
  return context.loaders;
}

function isContext(context: unknown): context is Context {
  return typeof context === "object" && context !== null && "loaders" in context;
}

/**
 * The context of a mutation. Who may not write the graph has nothing to write it with. Its snapshot and loaders move on
 * with each write, so that what a mutation answers is the graph after it. Rows are read when they are selected: where
 * others write at the same moment, theirs may be in them.
 */
export function createWritingContext(store: Store, request: ApiRequest): Context {
  const { work = new AbortController(), viewer = NOBODY } = request;
  let now = createContext(store, { ...request, work });
  const write: Write = (change) =>
    change(store).finally(() => {
      if (store.snapshot() !== now.snapshot) now = createContext(store, { ...request, work });
    });
  return {
    ...withoutGraph(now),
    get snapshot() {
      return now.snapshot;
    },
    get loaders() {
      return now.loaders;
    },
    get hasReadRows() {
      return now.hasReadRows;
    },
    ...(may(viewer, "graph:write") && { write }),
  };
}

/** How often a question is answered without a transaction, before it takes one. */
const MAX_ANSWERS = 5;

/**
 * Answers a question at one revision. Rows are read while it is answered; if a revision was committed until then, they
 * may be newer than the snapshot, and the question is answered anew. Where that happens again and again, it is answered
 * in a transaction. So no answer mixes two revisions, none waits for writers to pause, and nearly all need no
 * transaction.
 */
export async function atOneRevision<Answer>(
  store: Store,
  contextOf: () => Context,
  answer: (context: Context) => Answer | Promise<Answer>,
): Promise<Answer> {
  for (let answers = 1; answers <= MAX_ANSWERS; answers++) {
    const context = contextOf();
    const answered = await answer(context);
    if (!context.hasReadRows || (await store.isNewest(context.snapshot))) return answered;
  }
  const context = withoutGraph(contextOf());
  return store.readAtOneRevision(async (snapshot, rows) =>
    answer({ ...context, snapshot, loaders: createLoaders(rows), hasReadRows: true }),
  );
}
