import { execFileSync } from "node:child_process";
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { API_TOKEN } from "../support/api.ts";
import { type ServedProcess, serveInProcess } from "../support/served-process.ts";
import { bearing, TOKEN_SECRET } from "../support/tokens.ts";

/** A small disk of its own, which only the administrator of a machine with Linux can make; undefined elsewhere. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=110m", "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmdirSync(folder);
    return undefined;
  }
}

const disk = smallDisk();
let server: ServedProcess | undefined;
afterAll(async () => {
  await server?.kill();
  if (disk === undefined) return;
  execFileSync("umount", [disk]);
  rmdirSync(disk);
});

async function ask(query: string, headers = { authorization: `Bearer ${API_TOKEN}` }) {
  const response = await fetch(`${server?.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return response.json();
}
const setHours = (hours: number) =>
  ask(
    `mutation { updateSkill(slug: "http", input: { hours: ${hours} }) { ... on SkillWrite { written { revision } } } }`,
  );
const record = async () =>
  ask(
    'mutation { recordProgress(input: { skill: "http", state: KNOWN }) { ... on SkillProgress { slug } } }',
    await bearing("ann", "learner"),
  );
const read = () => ask('{ skill(slug: "http") { hours } graph { revision } }');
const fileOf = (name: string) => join(disk ?? "", name);
/** Writes files until so many bytes are left. */
function fill(left: number): void {
  const { bavail, bsize } = statfsSync(disk ?? "");
  writeFileSync(fileOf(`filled-${left}`), Buffer.alloc(bavail * bsize - left));
}
const refused = {
  errors: [{ message: expect.stringContaining("disk"), extensions: { code: "SERVICE_UNAVAILABLE" } }],
};

test.skipIf(disk === undefined)(
  "while the disk is full all is read and nothing written; once there is room, it is",
  async () => {
    server = await serveInProcess({ DATA_DIR: fileOf("data"), JWT_SECRET: TOKEN_SECRET });
    expect(await setHours(71)).toMatchObject({ data: { updateSkill: { written: { revision: 2 } } } });
    for (const left of [40_000_000, 8_192]) {
      fill(left);
      for (const hours of [72, 73])
        expect(await setHours(hours), `${left} bytes left`).toMatchObject(refused);
      expect(await record(), `${left} bytes left`).toMatchObject(refused);
      expect(await read()).toEqual({ data: { skill: { hours: 71 }, graph: { revision: 2 } } });
      expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    }
    for (const left of [40_000_000, 8_192]) rmSync(fileOf(`filled-${left}`));
    expect(await setHours(74)).toMatchObject({ data: { updateSkill: { written: { revision: 3 } } } });
    expect(await record()).toMatchObject({ data: { recordProgress: { slug: "http" } } });
    await server.kill();
    await server.restart();
    expect(await read()).toEqual({ data: { skill: { hours: 74 }, graph: { revision: 3 } } });
  },
);
