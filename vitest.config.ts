import { createRequire } from "node:module";
import { configDefaults, defineConfig } from "vitest/config";

/** Tests that replace a module or a method for a whole file: each needs a process in which nothing is loaded yet. */
const ISOLATED = [
  "tests/http/hard-questions.test.ts",
  "tests/planning/interleaved-searches.test.ts",
  "tests/workers/ask.test.ts",
  "tests/workers/hung-worker.test.ts",
];

const resolve = {
  // Vite would take graphql's ESM build for our files while packages load the CommonJS one, as Node does for
  // both; two copies of graphql do not know each other's types.
  alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve("graphql") }],
};
// What is polled for comes at once, but on a busy machine not within the second that is the default.
const timeouts = { testTimeout: 120_000, hookTimeout: 180_000, expect: { poll: { timeout: 20_000 } } };

export default defineConfig({
  test: {
    // Two cores: more workers only make the embedded databases wait for one another.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          ...timeouts,
          name: "shared",
          include: ["tests/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...ISOLATED],
          globalSetup: "tests/support/global-setup.ts",
          // Files share their worker: importing the source and compiling the databases anew for each took half
          // of the processor time.
          isolate: false,
        },
      },
      {
        resolve,
        test: { ...timeouts, name: "isolated", include: ISOLATED, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
