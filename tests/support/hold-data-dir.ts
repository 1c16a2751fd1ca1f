import { lockDataDir } from "../../src/store/database/data-dir-lock.ts";

// A process that takes the lock on the folder it is given, says what came of it, and lives until it is killed.
try {
  await lockDataDir(process.argv[2] ?? "");
  process.stdout.write("held\n");
} catch (error) {
  process.stdout.write(`${error instanceof Error && "code" in error ? error.code : error}\n`);
}
setInterval(() => {}, 60_000);
