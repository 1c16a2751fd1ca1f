import type { Writable } from "node:stream";
import { Command, InvalidArgumentError, Option } from "commander";
import { SCOPES, type Scope } from "../api/viewer.ts";
import { EXPORT_FORMAT_NAMES } from "../interchange/export-format-names.ts";
import { IMPORT_FORMAT_NAMES } from "../interchange/import-format-names.ts";
import { DEFAULT_KNOWN_IMPLIES } from "../planning/problem/known-implies.ts";
import { visibleLine } from "../words/visible.ts";
import { describeFault } from "./command-fault.ts";
import type { StoreCommandName } from "./store-commands.ts";

/**
 * The command line. The module of a command is loaded only when the command runs, so that small commands do not
 * wait for the database and the API to load.
 */
const program = new Command("npm run cli --")
  .description(
    "A GraphQL API over a prerequisite graph of skills. Environment variables such as HOST, PORT, DATA_DIR and DATABASE_URL are its settings: README.md lists them.",
  )
  .showHelpAfterError("(add --help for help)")
  .configureOutput({ outputError: (text, write) => write(text) });

const slugs = (value: string, before: readonly string[] = []): string[] => {
  const given = value.split(",").map((slug) => slug.trim());
  if (given.includes("")) throw new InvalidArgumentError("Expected slugs with commas between.");
  return [...before, ...given];
};

const positiveNumber = (value: string): number => {
  if (!/^\d+(\.\d{1,2})?$/.test(value)) throw new InvalidArgumentError("Expected a number such as 1 or 1.5.");
  return Number(value);
};

const wholeNumber = (value: string): number => {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(value);
};

const UNITS = { m: 60, h: 3_600, d: 86_400 };

const duration = (value: string): number => {
  const [, count, unit] = /^([1-9]\d{0,3})([mhd])$/.exec(value) ?? [];
  if (count === undefined || (unit !== "m" && unit !== "h" && unit !== "d"))
    throw new InvalidArgumentError("Expected minutes, hours or days, such as 30m, 12h or 90d.");
  return Number(count) * UNITS[unit];
};

const subject = (value: string): string => {
  if (value.trim() === "" || value.length > 200) throw new InvalidArgumentError("Expected 1 to 200 letters.");
  return value;
};

const scopes =
  (allowed: readonly Scope[]) =>
  (value: string, before: readonly Scope[] = []): Scope[] => {
    const scope = allowed.find((each) => each === value);
    if (scope === undefined) throw new InvalidArgumentError(`Expected one of ${allowed.join(", ")}.`);
    return [...before, scope];
  };

/** A command on the stored graph, which a server carries out where one holds the data folder. */
const onStore = async (name: StoreCommandName, args: unknown, stdout?: Writable) =>
  (await import("./on-store.ts")).runOnStore(name, args, stdout);

program
  .command("serve")
  .description("Serve the API and the playground.")
  .option("--graph <file>", "serve this graph file, or folder of them, from a data folder of its own")
  .action(async (options) => (await import("./serve.ts")).serveCommand(options));

program
  .command("migrate")
  .description("Apply the migrations that the database lacks.")
  .action(() => onStore("migrate", {}));

const keep = new Option(
  "--keep",
  "leave entities of other sources as they are, edited ones too, and tell which the files would change",
).conflicts(["update", "replace"]);
const update = new Option(
  "--update",
  "change entities of other sources as well: what a row gives; null clears, the rest stays",
).conflicts("replace");
const replace = new Option(
  "--replace",
  "make entities what their rows say: what a row does not give is cleared",
);

program
  .command("seed")
  .description("Import the graph that comes with the program.")
  .addOption(keep)
  .addOption(update)
  .addOption(replace)
  .action((options) => onStore("seed", options));

program
  .command("import")
  .description("Check files, then write all or nothing: graph files, or what other programs write.")
  .argument("<file...>", "files, folders of them or archives of one source")
  .addOption(
    new Option("--format <format>", "the format of the files (default: by their looks)").choices(
      IMPORT_FORMAT_NAMES,
    ),
  )
  .option(
    "--hours <hours>",
    "what skills take that have no hours in their source (default: 1)",
    positiveNumber,
  )
  .option("--map <file>", "YAML with the names of a spreadsheet's columns, such as {name: Kompetenz}")
  .addOption(
    new Option("--on-problem <what>", "refuse a source with faults, or keep what is good of it").choices([
      "refuse",
      "quarantine",
    ]),
  )
  .option("--quarantine <file>", "keep what is good, and write the rest as a list (CSV)")
  .option("--dry-run", "check on top of what is stored, and write nothing")
  .addOption(keep)
  .addOption(update)
  .addOption(replace)
  .option("--prune", "delete everything that is stored but not in the files")
  .action((files: string[], options) => onStore("import", { files, ...options }));

program
  .command("export")
  .description("Write the stored graph, or a part of it. yaml and json are graph files, which lose nothing.")
  .addOption(
    new Option("--format <format>", "what to write")
      .choices(["yaml", "json", ...EXPORT_FORMAT_NAMES])
      .default("yaml"),
  )
  .option(
    "--roots <slugs>",
    "write only these skills, projects, roles or roadmaps and what they require",
    slugs,
  )
  .addOption(new Option("--direction <direction>", "from the roots").choices(["prerequisites", "dependents"]))
  .option("--depth <number>", "how many requirements to follow from the roots", wholeNumber)
  .addOption(
    new Option(
      "--projection <projection>",
      "of requirements with a choice: all members, or the cheapest",
    ).choices(["possible", "cheapest"]),
  )
  .option("--output <file>", "the file to write (default: standard output)")
  .action(async ({ output, ...options }) => {
    if (output === undefined) return onStore("export", options);
    const { writeOutput } = await import("./output-file.ts");
    await writeOutput(output, (stdout) => onStore("export", options, stdout));
    process.stderr.write(`Wrote ${output}\n`);
  });

program
  .command("lint")
  .description("Print every error and warning of graph files; fails on errors.")
  .argument(
    "[file...]",
    "YAML or JSON files, or folders of them (default: the shipped graph); other formats are checked by import --dry-run",
  )
  .action(async (files: string[]) => (await import("./lint.ts")).lintCommand(files));

program
  .command("path")
  .description("Print the cheapest learning path to one or more goals.")
  .argument(
    "<goal...>",
    "slugs of roles, skills, projects or roadmaps; with the kind when two share a slug: role:tester",
  )
  .option("--known <slugs>", "skills that the learner has", slugs, [])
  .addOption(
    new Option("--known-implies <what>", "what else counts as known because of them")
      .choices(["nothing", "parts", "prerequisites-and-parts"] as const)
      .default(DEFAULT_KNOWN_IMPLIES.toLowerCase().replaceAll("_", "-")),
  )
  .option("--not-known <slugs>", "skills that do not count as known because of others", slugs, [])
  .option("--choose <slugs>", "skills that must be on the path", slugs, [])
  .option("--avoid <slugs>", "skills that must not be on the path", slugs, [])
  .action((goals: string[], options) => onStore("path", { goals, ...options }));

const key = program.command("key").description("The keys of programs that may write by the API.");

key
  .command("create")
  .description("Make a key and print it, once.")
  .argument("<name>", "what the change log calls it, such as catalogue-import")
  .addOption(
    new Option("--scope <scope>", "what it may be used for; again for several")
      .argParser(scopes(["graph:write", "graph:admin"]))
      .default(["graph:write"]),
  )
  .option("--expires-in <time>", "such as 90d (default: never)", duration)
  .action((name: string, options) => onStore("key create", { name, ...options }));

key
  .command("list")
  .description("Print the names of all keys, with their scopes and dates.")
  .action(() => onStore("key list", {}));

key
  .command("revoke")
  .description("Take a key back, for all servers at once.")
  .argument("<name>", "its name")
  .action((name: string) => onStore("key revoke", { name }));

program
  .command("token")
  .description("Print a JSON Web Token for somebody, signed with the secret of the server.")
  .requiredOption(
    "--sub <subject>",
    "for whom: the server knows a learner, and the change log an author, by it",
    subject,
  )
  .addOption(
    new Option("--scope <scope>", `what it may be used for: ${SCOPES.join(", ")}; again for several`)
      .argParser(scopes(SCOPES))
      .makeOptionMandatory(),
  )
  .option("--expires-in <time>", "such as 30m, 12h or 90d", duration, UNITS.d)
  .action(async (options) => (await import("./token.ts")).tokenCommand(options));

program
  .command("mcp")
  .description("Answer an assistant over standard input and output (Model Context Protocol).")
  .option("--url <url>", "ask this server (default: serve the graph in DATA_DIR meanwhile)")
  .action(async (options) => (await import("./mcp.ts")).mcpCommand(options));

program
  .command("publish")
  .description("Write the generated contracts into schema/.")
  .option("--check", "write nothing; fail if they differ")
  .action(async (options) => (await import("./publish.ts")).publishCommand(options));

program
  .command("create-migration")
  .description("Write the next migration from prisma/schema.prisma.")
  .argument("<name>", "what it does, such as add-prices")
  .action(async (name: string) => (await import("./create-migration.ts")).createMigrationCommand(name));

program
  .command("make-templates", { hidden: true })
  .description("Make what new data folders begin with; done at installation.")
  .action(async () => (await import("./make-templates.ts")).makeTemplatesCommand());

program
  .command("verify-citations")
  .description("Check every citation of the graph files against the texts of the documents.")
  .requiredOption(
    "--documents <folder>",
    "the folder of the texts; each file name begins with the id of its document",
  )
  .argument("[file...]", "graph files, or folders of them (default: the shipped graph)")
  .action(async (files: string[], { documents }: { documents: string }) => {
    const { verifyCitations } = await import("./verify-citations.ts");
    const paths = files.length > 0 ? files : [(await import("../seeding/seed.ts")).seedsFolder()];
    const print = (line: string) => process.stdout.write(`${visibleLine(line)}\n`);
    process.exitCode = verifyCitations({ documents, paths, print });
  });

// A reader of the output may stop early, as `head` does. That is not an error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${describeFault(error)}\n`);
  process.exitCode = 1;
}
