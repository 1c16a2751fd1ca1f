import { createFollowingContext } from "../../src/api/follow.ts";
import { REVISION_WAIT_MS } from "../../src/store/limits.ts";
import { reachRevision } from "../../src/store/reach-revision.ts";
import type { Store } from "../../src/store/store.ts";
import { Checks } from "./checks.ts";
import { revisionOf } from "./database.ts";
import { happen, now, type Process, plan, reset } from "./events.ts";
import { BUSY_MS, CALM_MS, Faults } from "./faults.ts";
import { FIRST, FIRST_MODEL } from "./first-state.ts";
import { planMishaps } from "./mishaps.ts";
import { type Operation, write } from "./operations.ts";
import { Random } from "./random.ts";
import { randomHabits, randomOperation } from "./random-operations.ts";
import { Database } from "./remote.ts";
import { NO_ANSWER, Server } from "./servers.ts";

/**
 * One schedule: two servers on one database, writers, a reader and a subscriber, and what goes wrong, all decided by a seed.
 *
 * What is real: the store (`openTables`: following, polling, refreshing), `writeGraph` with its lock, its check and its patches,
 * the wait for a revision, `revise` and `doneOnce` of the API, and the source of subscriptions. What is not: SQL and PostgreSQL
 * (`database.ts`, `remote.ts`), HTTP, GraphQL, and timers.
 *
 * What could be wrong with it, and what is done about it:
 * - the tables in memory could answer as no database does: they are held against a real one (`database.test.ts`);
 * - something could depend on what no seed decides: schedules are replayed and their traces compared, letter by letter;
 * - the checks could see nothing, or schedules could go where nothing happens: bugs are planted in the source of what is
 *   tested (`planted-bugs.ts`), each must be found, and what schedules went through is counted;
 * - the checks could see what is not there: all seeds pass on the source as it is;
 * - the model could share a mistake with what it checks: it shares no code, and knows meanings of requirements, not trees.
 */

/** Until then whoever is asked answers, and servers follow: polls are a second apart, messages are late by up to three. */
const END_MS = 6_000;
/** How often is looked whether all is over by then. */
const LOOK_MS = 100;
/** In a calm schedule a server has a revision so soon after its commit. Far below the time between polls. */
const TOLD_WITHIN_MS = 60;

// What schedules are like is what finds rare bugs in the least work: src/store/README.md has what was measured.
/** Of a reader who asks now and then. */
const READS = 2;
/** After each write, of somebody who knows of it: the first at once, others within so many milliseconds. */
const READS_AFTER = 2;
const READS_AFTER_MS = 3;
/** How often a subscriber who has come early stays until the end. */
const STAYS = 0.5;

/** What happened in schedules, added up. */
export interface Tally {
  schedules: number;
  revisions: number;
  refusals: number;
  replays: number;
  waits: number;
  kills: number;
  lostNotifications: number;
}

export const NO_TALLY: Tally = {
  ...{ schedules: 0, revisions: 0, refusals: 0, replays: 0, waits: 0, kills: 0, lostNotifications: 0 },
};

export interface Outcome {
  readonly faults: readonly string[];
  readonly tally: Tally;
}

/** Runs the schedule of a seed. `trace` gets a line for all that clients, servers and the database do. */
export async function runSchedule(seed: number, trace?: (line: string) => void): Promise<Outcome> {
  reset();
  const random = new Random(seed);
  const faults = new Faults(random);
  const operations = new Map<string, Operation>();
  const checks = new Checks(FIRST_MODEL, operations);
  const tell = trace && ((what: string) => trace(`${now().toFixed(3)} ${what}`));
  const tally = { ...NO_TALLY, schedules: 1 };

  const database = new Database(faults, (state) => {
    const number = revisionOf(state);
    if (number === checks.revision) return;
    const { reason } = state.revisions.at(-1)!;
    checks.committed(number, reason);
    tell?.(`commits revision ${number}: ${reason}`);
    if (faults.isCalm) plan(world, TOLD_WITHIN_MS, () => expectEverywhere(number));
  });
  database.committed = FIRST;
  const world: Process = { name: "world", isDead: false, frozenUntil: 0 };
  const servers = ["s1", "s2"].map(
    (name) =>
      new Server(name, database, faults, (server, store) => {
        const snapshot = store.snapshot();
        tell?.(`${server.name} is at revision ${snapshot.revision}`);
        checks.snapshot(server.name, snapshot);
      }),
  );
  const expectEverywhere = (revision: number) => {
    for (const { name, store } of servers) {
      const at = store?.snapshot().revision ?? 0;
      if (at < revision) checks.fault(`${name} is at revision ${at}, and was to hear of ${revision}`);
    }
  };
  const sleep = (ms: number) => new Promise<void>((resolve) => plan(world, ms, resolve));
  /** What some client knows to be committed. */
  let known = 1;
  let unfinished = 0;
  const habits = randomHabits(random);

  const writer = async (nth: number) => {
    const { writes } = habits;
    for (let at = 1; at <= writes; at++) {
      await sleep(random.between(0, BUSY_MS / writes));
      const keys = [...operations.values()].flatMap(({ key }) => key ?? []);
      const operation = randomOperation(random, `${nth}.${at}`, habits, { revision: known, keys });
      operations.set(operation.id, operation);
      await send(operation);
      for (let reads = 0; habits.areRead && reads < READS_AFTER; reads++)
        client(() => (reads === 0 ? read() : sleep(random.between(0, READS_AFTER_MS)).then(read)));
    }
  };
  const send = async (operation: Operation) => {
    const sentAt = checks.revision;
    // Some do not wait for the first answer before they ask again.
    const isTwice = operation.key !== undefined && random.chance(0.3);
    const again = isTwice ? sleep(random.between(0, 5)).then(() => attempts(operation, sentAt)) : undefined;
    await attempts(operation, sentAt);
    await again;
  };
  const attempts = async (operation: Operation, sentAt: number) => {
    for (let attempt = 1; ; attempt++) {
      const server = random.pick(servers);
      const rows = () => database.rows(server.process);
      tell?.(`asks ${server.name} for ${JSON.stringify(operation)}`);
      const written = await server.ask(world, (store) => write(store, operation, rows));
      tell?.(`is told of ${operation.id}: ${written === NO_ANSWER ? "nothing" : JSON.stringify(written)}`);
      if (written !== NO_ANSWER && written !== "UNAVAILABLE") {
        checks.answered(operation, sentAt, written);
        if ("refusal" in written) tally.refusals++;
        else {
          known = Math.max(known, written.outcome.revision);
          if (written.outcome.isReplay) tally.replays++;
          if (written.at < written.outcome.revision)
            checks.fault(`${server.name} answered ${operation.id} at revision ${written.at}`);
        }
        return;
      }
      if (operation.key === undefined) return;
      await sleep(random.between(1, 20) * attempt);
    }
  };

  const reader = async () => {
    for (let at = 0; at < READS; at++) {
      await sleep(random.between(0, (2 * BUSY_MS) / READS));
      await read();
    }
  };
  const read = async () => {
    const least = known;
    const server = random.pick(servers);
    const read = await server
      .ask(world, async (store) => {
        const isReached = await reachRevision(store, least, REVISION_WAIT_MS);
        return { isReached, snapshot: store.snapshot() };
      })
      .catch((): typeof NO_ANSWER => NO_ANSWER);
    if (read === NO_ANSWER) return;
    const { revision } = read.snapshot;
    tell?.(`reads revision ${revision} of ${server.name}, asked for ${least}`);
    if (read.isReached && revision < least)
      checks.fault(`${server.name} answered at revision ${revision}, asked for ${least}`);
    if (!read.isReached && faults.isCalm) checks.fault(`${server.name} did not reach revision ${least}`);
  };

  const seen: number[] = [];
  const subscriber = async () => {
    while (now() < END_MS) {
      const server = random.pick(servers);
      const last = seen.at(-1) ?? 1;
      await server
        .ask(world, (store) => follow(store, server.process, last))
        .catch((): typeof NO_ANSWER => NO_ANSWER);
      await sleep(20);
    }
  };
  /** Resolves when the subscription is over. Its events arrive in their order. */
  const follow = async (store: Store, process: Process, last: number) => {
    const work = new AbortController();
    const { context } = createFollowingContext(store, { headers: {}, work }, last);
    const events = await context.follow!(undefined);
    let arrived = 0;
    let isOpen = true;
    const left = now() < CALM_MS && !random.chance(STAYS) ? random.between(20, 400) : END_MS;
    plan(process, left, () => {
      isOpen = false;
      work.abort("over");
    });
    /** What is on its way: taken from its front, since times are rounded, and two that are equal may change places. */
    const coming: number[] = [];
    for await (const { number } of events) {
      coming.push(number);
      arrived = Math.max(arrived, now() + faults.delay("client"));
      plan(world, arrived - now(), () => {
        const first = coming.shift();
        // What was on its way when the connection was lost does not arrive.
        if (first === undefined || !isOpen || process.isDead) return;
        seen.push(first);
        tell?.(`is told of revision ${first} by ${process.name}`);
      });
    }
  };

  const client = (run: () => Promise<void>) => {
    unfinished++;
    plan(world, 0, () => {
      run().then(
        () => unfinished--,
        (error: unknown) => checks.fault(`unexpected: ${error instanceof Error ? error.stack : error}`),
      );
    });
  };
  for (let nth = 1; nth <= habits.writers; nth++) client(() => writer(nth));
  if (habits.areRead) client(reader);
  plan(world, 0, () => void subscriber());
  planMishaps(random, faults, { world, servers, database }, (name) => {
    tally.kills++;
    tell?.(`kills ${name}`);
  });
  let isOver = false;
  const look = () => {
    const { revision } = checks;
    const areThere = servers.every(({ store }) => store?.snapshot().revision === revision);
    isOver = unfinished === 0 && areThere && seen.length >= revision - 1;
    if (!isOver && now() < END_MS) plan(world, LOOK_MS, look);
    else {
      isOver = true;
      expectEverywhere(revision);
      if (unfinished > 0) checks.fault(`${unfinished} clients have no answer`);
      if (seen.some((each, at) => each !== at + 2) || seen.length !== revision - 1)
        checks.fault(`a subscriber was told of ${seen.join(", ")} of ${revision} revisions`);
    }
  };
  plan(world, CALM_MS, look);

  await happen(() => isOver || checks.faults.length > 0);
  tally.revisions = checks.revision - 1;
  tally.waits = database.waits;
  tally.lostNotifications = database.lostNotifications;
  for (const fault of checks.faults) tell?.(`FAULT ${fault}`);
  return { faults: checks.faults, tally };
}

/** Runs the schedules of many seeds, and adds up what happened; ends with the first that has a fault. */
export async function runSchedules(
  from: number,
  to: number,
): Promise<{
  readonly tally: Tally;
  readonly failed: { readonly seed: number; readonly faults: readonly string[] } | undefined;
}> {
  const sum = { ...NO_TALLY };
  // Refusals are errors: where each comes from is of interest only when the schedule of a seed is told.
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    for (let seed = from; seed < to; seed++) {
      const { faults, tally } = await runSchedule(seed);
      sum.schedules += tally.schedules;
      sum.revisions += tally.revisions;
      sum.refusals += tally.refusals;
      sum.replays += tally.replays;
      sum.waits += tally.waits;
      sum.kills += tally.kills;
      sum.lostNotifications += tally.lostNotifications;
      if (faults.length > 0) return { tally: sum, failed: { seed, faults } };
    }
    return { tally: sum, failed: undefined };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
