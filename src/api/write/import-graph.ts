import type { Finding } from "../../seeding/finding.ts";
import { importGraphText } from "../../seeding/import-graph.ts";
import type { ImportMode } from "../../seeding/merge-rows.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { ConflictError, GraphFileError, KeyReusedError, results, ValidationError } from "../core/errors.ts";
import { needs } from "../viewer.ts";
import { API_SOURCE, GraphWrite, type Written } from "./graph-write.ts";
import { doneOnce, ONCE_ARGUMENTS } from "./once.ts";
import { GraphFileFinding, writeBy } from "./write-errors.ts";

const ImportModeEnum = builder.enumType("ImportMode", {
  description: "What an import does with entities that are stored and that the file describes otherwise.",
  values: {
    OWN: {
      description:
        "Change what the file gives of entities that were last written by the API. The import is refused when it would change others, such as those that came with the program.",
    },
    KEEP: {
      description:
        "The same, but leave those others as they are and import the rest: `findings` tells what the file would change.",
    },
    UPDATE: { description: "Change what the file gives, whoever wrote the entity last." },
    REPLACE: { description: "Make each entity what the file says: what it leaves out is cleared." },
  } satisfies Record<ImportMode, object>,
});

interface Imported {
  readonly args: object;
  readonly written: Written;
  readonly findings: readonly Finding[];
}

const GraphImport = builder.objectRef<Imported>("GraphImport").implement({
  description: "What an import has written, or would have written.",
  fields: (t) => ({
    written: t.expose("written", { type: GraphWrite, description: "What has changed." }),
    findings: t.field({
      type: [GraphFileFinding],
      description:
        "What seems doubtful in the file, by line. They are all warnings. Empty where an idempotency key had its import before.",
      resolve: ({ findings }) => [...findings],
    }),
  }),
});
addAnswerId(GraphImport);

builder.mutationField("importGraph", (t) =>
  t.field({
    type: GraphImport,
    extensions: needs("graph:admin"),
    description:
      "Imports a graph file: what it holds is checked on top of what is stored, and written as one revision, or not at all if there is an error. Importing a file again changes nothing. The request may have a megabyte; the command line takes more.",
    args: {
      file: t.arg.string({
        required: true,
        description: "The text of the file, YAML or JSON, as schema/graph.schema.json describes it.",
      }),
      mode: t.arg({
        type: ImportModeEnum,
        required: true,
        defaultValue: "OWN",
        description: "What becomes of entities that are stored otherwise.",
      }),
      ...ONCE_ARGUMENTS,
    },
    errors: results("ImportGraphResult", "What was written, or why nothing was.", [
      GraphFileError,
      ConflictError,
      KeyReusedError,
      ValidationError,
    ]),
    resolve: async (_root, args, context, { fieldName }): Promise<Imported> => {
      const { file, mode, dryRun } = args;
      let findings: readonly Finding[] = [];
      const outcome = await doneOnce(context, fieldName, args, async (once) => {
        const options = {
          mode,
          dryRun,
          source: API_SOURCE,
          author: context.viewer.name,
          ...(once !== undefined && { once }),
        };
        const result = await writeBy(context, (store) => importGraphText(store, file, options));
        findings = result.findings;
        if (result.kind === "refused") throw new GraphFileError(findings);
        return result.outcome;
      });
      return { args, findings, written: { args, outcome, isDryRun: dryRun } };
    },
  }),
);
