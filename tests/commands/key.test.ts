import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKey, listKeys, revokeKey } from "../../src/commands/key.ts";
import type { StoreCommand } from "../../src/commands/store-command.ts";
import { secretOf } from "../../src/http/access/secret-file.ts";
import { WebTokens } from "../../src/http/access/web-tokens.ts";
import { findApiKey } from "../../src/store/rows/api-keys.ts";
import type { Store } from "../../src/store/store.ts";
import { buildSource, commandLine } from "../support/built.ts";
import { emptyDatabases } from "../support/database-pool.ts";

/** `key create`, `key list`, `key revoke` and `token`. */

let folder: string;
beforeAll(() => {
  buildSource();
  folder = mkdtempSync(join(tmpdir(), "keys-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("keys", () => {
  let store: Store;
  beforeAll(async () => {
    store = await emptyDatabases.open();
  });
  afterAll(() => store.close());

  async function run(command: StoreCommand, args: unknown): Promise<string> {
    const stdout = new PassThrough();
    await command.run(store, args, { stdout, stderr: new PassThrough().resume(), folder });
    stdout.end();
    return text(stdout);
  }

  test("are made, listed without their secret, and taken back", async () => {
    expect(await run(listKeys, {})).toBe("There are no keys.\n");
    const key = (
      await run(createKey, { name: "catalogue", scope: ["graph:write"], expiresIn: 86_400 })
    ).trim();
    expect(await findApiKey(store.prisma, key)).toMatchObject({ name: "catalogue", revokedAt: null });
    const day = "\\d{4}-\\d{2}-\\d{2}";
    expect(await run(listKeys, {})).toMatch(
      new RegExp(`^catalogue  graph:write  made ${day}  until ${day}\n$`),
    );
    expect(await run(revokeKey, { name: "catalogue" })).toBe("The key catalogue is of no use any more.\n");
    expect(await run(listKeys, {})).toMatch(/revoked \d{4}-/);
  });

  test.each([
    [createKey, { name: "catalogue", scope: ["graph:write"] }, /expected a name that no key has or had/],
    [createKey, { name: "Two Words", scope: ["graph:write"] }, /expected a name of lower-case letters/],
    [createKey, { name: "ann", scope: ["learner"] }, /graph:write/],
    [revokeKey, { name: "nothing" }, /expected the name of a key, got "nothing/],
  ])("are refused with a reason", async (command, args, message) => {
    await expect(run(command, args)).rejects.toThrow(message);
  });
});

describe("a token", () => {
  const run = (args: readonly string[], env: Record<string, string>) =>
    new Promise<{ out: string; err: string }>((resolve) => {
      const variables = { ...process.env, DATABASE_URL: "", JWT_SECRET: "", ...env };
      execFile(process.execPath, commandLine("token", ...args), { env: variables }, (_error, out, err) =>
        resolve({ out: out.trim(), err }),
      );
    });

  test("is signed with the secret of the data folder, which its owner alone can read", async () => {
    const dataDir = join(folder, "new");
    const { out } = await run(["--sub", "ann", "--scope", "learner", "--scope", "graph:write"], {
      DATA_DIR: dataDir,
    });
    const secret = secretOf(dataDir);
    expect(await new WebTokens({ secret }).read(out)).toEqual({
      subject: "ann",
      scopes: ["graph:write", "learner"],
    });
    const { exp = 0, iat = 0 } = decodeJwt(out);
    expect(exp - iat).toBe(86_400);
    expect(statSync(join(dataDir, "token-secret")).mode & 0o777).toBe(0o600);
    chmodSync(join(dataDir, "token-secret"), 0o644);
    expect(() => secretOf(dataDir)).toThrow(/readable by its owner alone/);
  });

  test("is made for the issuer and audience that the server expects", async () => {
    const secret = "a secret of at least thirty-two bytes";
    const { out } = await run(["--sub", "ann", "--scope", "learner", "--expires-in", "30m"], {
      ...{ JWT_SECRET: secret, JWT_ISSUER: "us", JWT_AUDIENCE: "here" },
    });
    const { subject } = await new WebTokens({ secret, issuer: "us", audience: "here" }).read(out);
    expect(subject).toBe("ann");
  });

  test("is refused with a reason", async () => {
    const url = { DATABASE_URL: "postgresql://localhost/none" };
    expect((await run(["--sub", "a", "--scope", "learner"], url)).err).toContain(
      "expected JWT_SECRET to be set",
    );
    expect((await run(["--sub", "a", "--scope", "root"], {})).err).toContain("Expected one of graph:write");
    expect((await run(["--sub", "a"], {})).err).toContain("--scope");
    const endless = await run(["--sub", "a", "--scope", "learner", "--expires-in", "never"], {});
    expect(endless.err).toContain("Expected minutes, hours or days");
  });
});
