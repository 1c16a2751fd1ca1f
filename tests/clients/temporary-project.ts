import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const NODE_MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The strictest settings that a frontend is likely to have. */
const TSCONFIG = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023", "dom"],
    module: "nodenext",
    moduleResolution: "nodenext",
    types: [],
    strict: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
};

/** A frontend's folder outside of this project, with this project's development dependencies. */
export interface TemporaryProject {
  readonly folder: string;
  /** Writes files by their path in the folder. */
  write(files: Readonly<Record<string, string>>): Promise<void>;
  /** Compiles with Relay as the configuration file says. Throws with what the compiler printed when it fails. */
  compileRelay(config: string): Promise<void>;
  /** Checks the types of all files. Throws with TypeScript's findings. */
  checkTypes(): Promise<void>;
  remove(): Promise<void>;
}

export async function temporaryProject(): Promise<TemporaryProject> {
  const folder = await mkdtemp(join(tmpdir(), "skills-graph-client-"));
  await symlink(NODE_MODULES, join(folder, "node_modules"), "junction");
  const write: TemporaryProject["write"] = async (files) => {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  };
  await write({ "package.json": '{ "type": "module" }', "tsconfig.json": JSON.stringify(TSCONFIG) });
  return {
    folder,
    write,
    compileRelay: (config) => run(folder, require.resolve("relay-compiler/cli.js"), config),
    checkTypes: () => run(folder, join(NODE_MODULES, "typescript/bin/tsc")),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs a script with Node. Throws with what it printed when it fails. */
function run(cwd: string, script: string, ...args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { cwd }, (error, stdout, stderr) => {
      if (error === null) resolve();
      else reject(new Error(`${script} failed:\n${stdout}${stderr}`));
    });
  });
}
