import { createWritingContext } from "../../src/api/context.ts";
import { ConflictError, KeyReusedError, UnlearnableError } from "../../src/api/core/errors.ts";
import type { Viewer } from "../../src/api/viewer.ts";
import { editedRows } from "../../src/api/write/edited-rows.ts";
import { revise } from "../../src/api/write/revise.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import type { HypotheticalChange } from "../../src/planning/scenarios/hypothetical-graph.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { type GraphRows, NO_ROWS } from "../../src/store/rows/graph-rows.ts";
import type { WriteOutcome } from "../../src/store/rows/write-graph.ts";
import type { GraphSnapshot } from "../../src/store/snapshot/graph-snapshot.ts";
import type { Store } from "../../src/store/store.ts";
import { isUnavailable } from "../../src/store/unavailable.ts";
import { namesOf, type Refusal, type Step } from "./model.ts";

/** A write as a client sends it, once or until it is answered. */
export interface Operation {
  /** Stands in the change log as the reason. */
  readonly id: string;
  readonly steps: readonly Step[];
  readonly key: string | undefined;
  /** The revision that the client insists on. */
  readonly expectedRevision: number | undefined;
}

export type Written =
  /** `at`: the revision that the answer is read from. */
  | { readonly outcome: WriteOutcome; readonly at: number }
  | { readonly refusal: Refusal | "CONFLICT" | "KEY_REUSED" }
  | "UNAVAILABLE";

/** Nothing ends the work on a write. */
const NEVER_ABORTED = new AbortController();

/** A name that is not there, or is there already. */
class WrongName extends Error {
  constructor(readonly refusal: "UNKNOWN" | "TAKEN") {
    super(refusal);
  }
}

/** All that is written is by one editor, who alone shares keys with itself. */
const EDITOR: Viewer = { name: "user:editor", scopes: new Set(["graph:write"]) };

/**
 * Does an operation as the API does a mutation: by `revise`, which makes it of the newest graph, once for each key. `rows`
 * reads what is stored. Rejects with what no client may get.
 */
export async function write(
  store: Store,
  { id, steps, key, expectedRevision }: Operation,
  rows: () => Promise<GraphRows>,
): Promise<Written> {
  const context = createWritingContext(store, { headers: {}, work: NEVER_ABORTED, viewer: EDITOR });
  const args = {
    ...{ dryRun: false, reason: id, steps },
    ...(key !== undefined && { idempotencyKey: key }),
    ...(expectedRevision !== undefined && { expectedRevision }),
  };
  try {
    if (steps.every(({ kind }) => kind === "PUT")) return await put(store, steps, id);
    const outcome = await revise(context, "simulated", args, async (snapshot) => {
      const hypothesis = hypothesisOf(snapshot, steps);
      return editedRows(snapshot, hypothesis, await rows());
    });
    return { outcome, at: context.snapshot.revision };
  } catch (error) {
    if (error instanceof WrongName) return { refusal: error.refusal };
    if (error instanceof UnlearnableError) return { refusal: "UNLEARNABLE" };
    if (error instanceof ConflictError) return { refusal: "CONFLICT" };
    if (error instanceof KeyReusedError) return { refusal: "KEY_REUSED" };
    if (isUnavailable(error)) return "UNAVAILABLE";
    throw error;
  }
}

/** Writes rows whatever the graph is, as the store alone can. */
async function put(store: Store, steps: readonly Step[], reason: string): Promise<Written> {
  const skills = steps.flatMap((step) => (step.kind === "PUT" ? putRows(step.skill, step.cost) : []));
  const outcome = await store.write({ ...NO_ROWS, skills }, "simulated", { reason, author: EDITOR.name });
  // Where nothing had to change, another server may have written what is there.
  if (store.snapshot().revision < outcome.revision) await store.refresh();
  return { outcome, at: store.snapshot().revision };
}

/** By slug and cost: there are few, and each is made once. */
const puts = new Map<string, GraphRows["skills"]>();

function putRows(slug: string, cost: number): GraphRows["skills"] {
  const key = `${slug} ${cost}`;
  const rows =
    puts.get(key) ?? toRows(graphFile.parse({ skills: [{ slug, name: slug, hours: cost / 100 }] })).skills;
  puts.set(key, rows);
  return rows;
}

/** Steps in the indices of a snapshot. Throws `WrongName`. */
function hypothesisOf({ skills, graph }: GraphSnapshot, steps: readonly Step[]) {
  const index = (slug: string): number => skills.indexOf.get(slug)!;
  const inIndices = (tree: Requirement<string>): Requirement<number> =>
    isGroup(tree) ? { atLeast: tree.atLeast, of: tree.of.map(inIndices) } : { skill: index(tree.skill) };
  for (const step of steps) {
    if (step.kind === "CREATE" && skills.indexOf.has(step.skill)) throw new WrongName("TAKEN");
    if (namesOf(step).some((slug) => !skills.indexOf.has(slug))) throw new WrongName("UNKNOWN");
  }
  const changeOf = (step: Step): HypotheticalChange => {
    switch (step.kind) {
      case "ADD_COST": {
        const owner = index(step.skill);
        return { kind: "SET_COST", owner, cost: graph.cost[owner]! + step.cost };
      }
      case "NEED":
        return {
          kind: "ADD_PREREQUISITE",
          owner: index(step.skill),
          requirement: inIndices(step.requirement),
        };
      case "DROP":
        return { kind: "DROP_PREREQUISITE", owner: index(step.skill), skill: index(step.needed) };
      case "CREATE":
        return { kind: "ADD_SKILL", cost: step.cost, requirement: { skill: index(step.needed) } };
      case "REMOVE":
        return { kind: "REMOVE_SKILL", skill: index(step.skill) };
      case "PUT":
        throw new Error("expected a step that is made to the graph as it is");
    }
  };
  const added = steps.flatMap((step) =>
    step.kind === "CREATE" ? [{ slug: step.skill, name: step.skill }] : [],
  );
  return { changes: steps.map(changeOf), added };
}
