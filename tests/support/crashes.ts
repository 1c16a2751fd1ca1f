import { setTimeout as sleep } from "node:timers/promises";
import { findUnlearnable } from "../../src/graph/facts/learnability.ts";
import { readGraphRows } from "../../src/store/rows/read-graph.ts";
import type { Store } from "../../src/store/store.ts";
import { WRITING } from "./api.ts";
import { ask } from "./http.ts";

/** Writers that go on whatever is killed, and what must be true of their graph afterwards. */

/** What a writer was told: a revision, or nothing that it can rely on. */
export interface Acknowledged {
  /** Its first skill; the second is the same with `-next`, and needs it. */
  readonly slug: string;
  readonly revision: number;
}

export interface Writers {
  readonly acknowledged: readonly Acknowledged[];
  /** How many writes had no answer, or one that says to ask again. */
  readonly unanswered: number;
  /** Answers that no writer may get, such as an internal error. */
  readonly faults: readonly string[];
  /** Resolves when so many more were acknowledged. */
  more(count: number): Promise<void>;
  stop(): Promise<void>;
}

const WRITE = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;
/** Long enough for whatever a server does before it says that it cannot. */
const ANSWER_WITHIN_MS = 30_000;

/** Writes pairs of skills, each pair as one revision, by one of the servers after the other. Prefixes are letters. */
export function startWriters(urls: readonly string[], count: number, prefix = "w"): Writers {
  const acknowledged: Acknowledged[] = [];
  const faults: string[] = [];
  let unanswered = 0;
  let isOver = false;
  const write = async (slug: string, url: string) => {
    const changes = [
      { addSkill: { slug, hours: 1 } },
      { addSkill: { slug: `${slug}-next`, hours: 2, requires: { skill: slug } } },
    ];
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await ask(url, WRITE, { changes }, WRITING, signal).catch(() => undefined);
    if (answer === undefined || answer.status === 503) {
      unanswered++;
      await sleep(20);
      return;
    }
    const written = answer.data?.applyChanges;
    if (written?.__typename === "GraphWrite") acknowledged.push({ slug, revision: written.revision });
    else if (written?.__typename !== "ConflictError") faults.push(JSON.stringify(answer));
  };
  const writing = Promise.all(
    Array.from({ length: count }, async (_, writer) => {
      for (let nth = 0; !isOver; nth++)
        await write(`${prefix}${writer}-${nth}`, urls[(writer + nth) % urls.length]!);
    }),
  );
  return {
    acknowledged,
    faults,
    get unanswered() {
      return unanswered;
    },
    more: async (wanted) => {
      const until = acknowledged.length + wanted;
      while (acknowledged.length < until) await sleep(10);
    },
    stop: async () => {
      isOver = true;
      await writing;
    },
  };
}

/** What is wrong with a graph that was written in this way: nothing, if nothing acknowledged is lost or half written. */
export async function faultsOf(
  store: Store,
  acknowledged: readonly Acknowledged[],
): Promise<readonly string[]> {
  await store.refresh();
  const faults: string[] = [];
  const { skills } = await readGraphRows(store.prisma);
  const needs = new Map(skills.map(({ slug, requirement }) => [slug, requirement.map(({ needs }) => needs)]));
  for (const slug of needs.keys()) {
    const [pair] = /^[a-z]\d+-\d+/.exec(slug) ?? [];
    if (pair === undefined) continue;
    if (!needs.has(pair) || needs.get(`${pair}-next`)?.join() !== pair)
      faults.push(`${pair} is half written`);
  }
  const log = await store.prisma.change.findMany({ select: { revision: true, slug: true } });
  const changed = new Map<number, string[]>();
  for (const { revision, slug } of log) changed.set(revision, [...(changed.get(revision) ?? []), slug]);
  for (const { slug, revision } of acknowledged) {
    if (!needs.has(slug)) faults.push(`${slug} was acknowledged and is lost`);
    if (changed.get(revision)?.sort().join() !== `${slug},${slug}-next`)
      faults.push(`revision ${revision} is not the one that wrote ${slug}`);
  }
  const revisions = await store.prisma.revision.findMany({ orderBy: { number: "asc" } });
  if (revisions.some(({ number }, at) => number !== at + 1)) faults.push("revisions are missing");
  const { revision, graph } = store.snapshot();
  if (revision !== revisions.length) faults.push(`the snapshot is at ${revision} of ${revisions.length}`);
  if (findUnlearnable(graph) !== undefined) faults.push("a skill cannot be learned");
  return faults;
}

/** Resolves when a server answers at a revision that is not older, by itself. */
export async function untilServing(url: string, revision: number): Promise<void> {
  for (;;) {
    const answer = await ask(url, "{ graph { revision } }", undefined, {
      "x-min-revision": String(revision),
    }).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(50);
  }
}
