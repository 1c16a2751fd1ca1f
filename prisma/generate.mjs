// Generates the Prisma client, the Pothos types and the types of shipped operations. The Prisma CLI looks for a native
// schema engine even though `generate` never runs it; pointing it at a file that exists keeps it from downloading one.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateTypes } from "../src/explorer/generate-types.mjs";

/** Where Prisma's command line is. Without development dependencies there is none, and nothing to generate. */
function prismaPackage() {
  try {
    return createRequire(import.meta.url).resolve("prisma/package.json");
  } catch {
    process.stderr.write(
      "No development dependencies: what was generated and built before is used as it is.\n",
    );
    process.exit(0);
  }
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(dirname(prismaPackage()), "build", "index.js");
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [cli, "generate", "--schema", join("prisma", "schema.prisma")],
  {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PATH: `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH ?? ""}`,
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
      CHECKPOINT_DISABLE: "1",
    },
  },
);
if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}`);
  process.exit(status ?? 1);
}

// Neither generator passes on what the comments say of enums: here they are as the options of a GraphQL enum.
const enums = {};
const schema = readFileSync(join(root, "prisma", "schema.prisma"), "utf8");
for (const [, description, name, body] of schema.matchAll(/^\/\/\/ (.*)\nenum (\w+) \{\n([^}]*)^\}/gm)) {
  const values = [...body.matchAll(/^ {2}\/\/\/ (.*)\n {2}(\w+)$/gm)].map(([, text, value]) => [
    value,
    { description: text },
  ]);
  enums[name] = { description, values: Object.fromEntries(values) };
}
writeFileSync(
  join(root, "src", "store", "generated", "enum-options.ts"),
  `export const ENUM_OPTIONS = ${JSON.stringify(enums, null, 2)} as const;\n`,
);

await generateTypes();
