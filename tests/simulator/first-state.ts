import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { planChanges } from "../../src/store/rows/changes.ts";
import { allocateIds } from "../../src/store/rows/ids.ts";
import { EMPTY, insert, keepSnapshot, readBefore, type State } from "./database.ts";
import { Model } from "./model.ts";
import { SLUGS } from "./random-operations.ts";

/** What is stored when a schedule begins: revision 1. */
export const FIRST = firstState();
keepSnapshot(FIRST);

/** The same as the model has it. */
export const FIRST_MODEL = new Model(
  new Map(SLUGS.map((slug) => [slug, { cost: 100, requirement: undefined }])),
);

function firstState(): State {
  const rows = toRows(graphFile.parse({ skills: SLUGS.map((slug) => ({ slug, name: slug, hours: 1 })) }));
  const { stored, highestIds } = readBefore(EMPTY);
  return insert(EMPTY, {
    changes: planChanges(rows, stored, false, {}),
    ids: allocateIds(stored, highestIds),
    overwritten: () => undefined,
    revision: {
      number: 1,
      source: "first",
      committedAt: new Date(0),
      reason: null,
      author: null,
      proposer: null,
    },
  });
}
