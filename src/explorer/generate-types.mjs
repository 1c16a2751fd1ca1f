// Writes the types of the operations in src/http/operations/, for pages and scripts into src/explorer/generated/, and for the
// client, with their ids, into src/client/generated/.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, "src", "http", "operations");
const target = join(root, "src", "explorer", "generated");
const clientTarget = join(root, "src", "client", "generated");

export async function generateTypes() {
  const { codegen } = await import("@graphql-codegen/core");
  const plugin = await import("@graphql-codegen/typescript-operations");
  const { buildASTSchema, parse } = await import("graphql");
  const schema = parse(readFileSync(join(root, "schema", "schema.graphql"), "utf8"));
  const documents = readdirSync(folder)
    .sort()
    .map((file) => ({ location: file, document: parse(readFileSync(join(folder, file), "utf8")) }));
  // Each file has its own fragments, which only it uses.
  const texts = await Promise.all(
    documents.map((document) =>
      codegen({
        filename: document.location,
        schema,
        schemaAst: buildASTSchema(schema),
        documents: [document],
        config: { scalars: { LocalDate: "string" }, enumsAsTypes: true, namespacesImportName: "types" },
        plugins: [{ operations: {} }],
        pluginMap: { operations: plugin },
      }),
    ),
  );
  for (const each of [target, clientTarget]) mkdirSync(each, { recursive: true });
  const names = [];
  documents.forEach(({ location, document }, at) => {
    const { name } = document.definitions.find(({ kind }) => kind === "OperationDefinition");
    names.push({ name: name.value, file: location.replace(/\.graphql$/, ".ts") });
    for (const each of [target, clientTarget]) writeFileSync(join(each, names.at(-1).file), texts[at]);
  });
  const imports = names.map(
    ({ name, file }) => `import type { ${name}Query, ${name}QueryVariables } from "./${file}";\n`,
  );
  const members = names.map(
    ({ name }) =>
      `  ${name}: { readonly result: ${name}Query; readonly variables: ${name}QueryVariables };\n`,
  );
  const map = `${imports.join("")}\n/** The shipped operations by name. */\nexport interface Operations {\n${members.join("")}}\n`;
  writeFileSync(join(target, "operations.ts"), map);
  // One constant for each, so that bundlers leave out what is not used.
  const constants = documents.map(({ location }, at) => {
    const { name } = names[at];
    const hash = createHash("sha256")
      .update(readFileSync(join(folder, location)))
      .digest("hex");
    return `export const ${name}: Operation<${name}Query, ${name}QueryVariables> = "sha256:${hash}";\n`;
  });
  const client = `${imports.join("")}import type { Operation } from "../client.ts";\n\n${constants.join("")}`;
  writeFileSync(join(clientTarget, "operations.ts"), client);
}
