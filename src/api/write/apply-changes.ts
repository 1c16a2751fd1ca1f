import { MAX_REQUIREMENT_DEPTH } from "../../seeding/requirement-file.ts";
import { liftStatementLimit } from "../../store/database/statement-limits.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import { readGraphRows } from "../../store/rows/read-graph.ts";
import { countedTwice, depthOf } from "../../store/rows/requirement-rows.ts";
import type { WriteOutcome } from "../../store/rows/write-graph.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { isStorable } from "../../store/storable-text.ts";
import type { Store } from "../../store/store.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import {
  ConflictError,
  fault,
  NotFoundError,
  results,
  UnlearnableError,
  ValidationError,
} from "../core/errors.ts";
import { ownerHandle } from "../core/handle.ts";
import { MAX_REASON_LENGTH } from "../limits.ts";
import { SlugReader } from "../path/slugs.ts";
import { type Hypothesis, HypotheticalChangeInput, parseAdded, parseChange } from "../question/hypothesis.ts";
import { editedRows, slugsToEdit } from "./edited-rows.ts";
import { API_SOURCE, GraphWrite, type Written } from "./graph-write.ts";
import { writeBy } from "./write-errors.ts";

/** How often changes are made again because somebody else wrote between reading and writing. */
const MAX_ATTEMPTS = 5;

interface Applied {
  readonly changes: readonly (typeof HypotheticalChangeInput.$inferInput)[];
  readonly reason?: string | null | undefined;
  readonly expectedRevision?: number | null | undefined;
  readonly dryRun: boolean;
}

builder.mutationField("applyChanges", (t) =>
  t.field({
    type: GraphWrite,
    description:
      "Makes changes to the graph, all of them or none, as one revision: the same ones as `whatIf` takes, so that what was tried there can be written as it was tried. What is left of a requirement keeps its reasons and citations; what is new has none until a graph file gives some. A skill that is removed is taken out of all that refers to it.",
    args: {
      changes: t.arg({
        type: [HypotheticalChangeInput],
        required: true,
        description: "The changes, in the order in which they are made. Removals are made last.",
      }),
      reason: t.arg.string({
        description: `Why, for the change log: at most ${MAX_REASON_LENGTH} letters.`,
      }),
      expectedRevision: t.arg.int({
        description:
          "The revision that the changes were made for: at any other, nothing is written and the answer is ConflictError. With it a request can be sent again when its answer was lost. Absent: the changes are made to the graph as it is.",
      }),
      dryRun: t.arg.boolean({
        required: true,
        defaultValue: false,
        description: "Do and check everything, and leave no trace.",
      }),
    },
    errors: results("ApplyChangesResult", "What was written, or why nothing was.", [
      UnlearnableError,
      ConflictError,
      NotFoundError,
      ValidationError,
    ]),
    resolve: async (_root, args, context): Promise<Written> => {
      const { reason, dryRun } = args;
      if (reason != null && (reason.length > MAX_REASON_LENGTH || !isStorable(reason)))
        throw fault("reason", `at most ${MAX_REASON_LENGTH} letters that can be stored`, reason);
      return { args, outcome: await apply(context, args), isDryRun: dryRun };
    },
  }),
);

async function apply(context: Context, applied: Applied): Promise<WriteOutcome> {
  for (let attempt = 1; ; attempt++) {
    // Other servers may have written, and changes are made to the newest graph.
    await writeBy(context, (store) => store.refresh());
    const { snapshot } = context;
    const hypothesis = await parse(context, applied);
    try {
      return await writeBy(context, (store) => write(store, snapshot, hypothesis, applied));
    } catch (error) {
      const isOver = applied.expectedRevision != null || attempt >= MAX_ATTEMPTS;
      if (isOver || !(error instanceof ConflictError)) throw error;
    }
  }
}

/** Throws ValidationError and NotFoundError. */
async function parse(context: Context, { changes: inputs }: Applied): Promise<Hypothesis> {
  const { snapshot } = context;
  const added = parseAdded(snapshot, inputs);
  const slugs = new SlugReader(context, { added: added.map(({ slug }) => slug) });
  const changes = inputs.map((input, at) => parseChange(slugs, input, `changes[${at}]`));
  await slugs.refuseUnknown();
  for (const [at, change] of changes.entries()) {
    if (change.kind !== "SET_REQUIREMENT" && change.kind !== "ADD_PREREQUISITE") continue;
    if (ownerHandle(snapshot, change.owner).__typename === "Roadmap")
      throw fault(
        `changes[${at}]`,
        "about a skill, a project or a role, since a roadmap requires what its steps do",
        "a roadmap",
      );
  }
  return { changes, added };
}

/** Writes what the changes make of the graph at a snapshot, unless it is another by then. */
async function write(
  store: Store,
  snapshot: GraphSnapshot,
  hypothesis: Hypothesis,
  { reason, expectedRevision, dryRun }: Applied,
): Promise<WriteOutcome> {
  const { revision } = snapshot;
  if (expectedRevision != null && expectedRevision !== revision)
    throw new GraphWriteError(
      "CONFLICT",
      `expected the graph at revision ${expectedRevision}, it is at ${revision}: read it again and repeat the change.`,
    );
  const slugs = slugsToEdit(snapshot, hypothesis.changes);
  const stored = await store.readAtOneRevision(async (_at, reader) => {
    await liftStatementLimit(reader);
    return readGraphRows(reader, slugs);
  });
  const { rows, deletedSkills } = editedRows(snapshot, hypothesis, stored);
  checkRequirements(rows);
  // The rows are of this revision only if it is still the current one when the write has the lock.
  return store.write(rows, API_SOURCE, {
    ...{ expectedRevision: revision, deletedSkills, dryRun },
    ...(reason != null && { reason }),
  });
}

/** What a graph file would be refused for has no place in the graph: it could not be imported again. */
function checkRequirements({ skills, projects, roles }: GraphRows): void {
  for (const { slug, requirement } of [...skills, ...projects, ...roles]) {
    const depth = depthOf(requirement);
    if (depth > MAX_REQUIREMENT_DEPTH)
      throw fault(
        "changes",
        `such that requirements have at most ${MAX_REQUIREMENT_DEPTH} levels`,
        `${depth} of ${slug}`,
      );
    const twice = countedTwice(requirement);
    if (twice !== undefined)
      throw fault(
        "changes",
        "such that no skill counts twice in a list",
        `${twice} in what ${slug} requires`,
      );
  }
}
