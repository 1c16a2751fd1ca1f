import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CORE_QUERY } from "./bench/core-query.ts";
import { commandLine } from "./support/built.ts";
import { newPostgresqlDatabase } from "./support/postgresql.ts";

/** The process that `npm start` runs: started twice on one folder, and on PostgreSQL. */

const body = JSON.stringify({
  query: CORE_QUERY,
  variables: {
    input: {
      goals: [{ role: "backend-developer" }],
      known: ["git"],
      choose: ["python"],
      avoid: [],
      weeklyHours: 10,
      startOn: "2027-01-04",
    },
  },
});

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "skills-graph-"));
});
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts the server and waits for the line that says where. */
function start(env: Record<string, string>): Promise<Started> {
  const child = spawn(process.execPath, commandLine("serve"), {
    env: { ...process.env, DATABASE_URL: "", HOST: "127.0.0.1", PORT: "0", ...env },
  });
  const output: string[] = [];
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output.push(chunk.toString());
      const url = /"url":"(http[^"]+)"/.exec(output.join(""))?.[1];
      if (url !== undefined) resolve({ child, url });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) =>
      reject(new Error(`ended with ${code} before it listened:\n${output.join("")}`)),
    );
  });
}

async function stop({ child }: Started): Promise<number | null> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const [code] = await ended;
  return code;
}

async function answer({ url }: Started): Promise<string> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return response.text();
}

/** A second process on the folder of the first is refused, and names the first. */
async function expectRefused(holder: Started): Promise<void> {
  const refused = spawn(process.execPath, commandLine("serve"), {
    env: { ...process.env, DATABASE_URL: "", PORT: "0", DATA_DIR: dataDir },
  });
  let errors = "";
  refused.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = await once(refused, "exit");
  expect(code).toBe(1);
  expect(errors).toContain("DATA_DIR_LOCKED");
  expect(errors).toContain(String(holder.child.pid));
}

test("an empty folder is seeded; a second start, which alone may have it, and PostgreSQL give the same answer byte for byte", async () => {
  const first = await start({ DATA_DIR: dataDir });
  const firstAnswer = await answer(first);
  expect(await stop(first)).toBe(0);

  const path = JSON.parse(firstAnswer).data.learningPath;
  expect(path).toMatchObject({ __typename: "LearningPath", revision: 1, isOptimal: true });
  expect(path.lowerBoundHours).toBe(path.totalHours);
  expect(path.steps.length).toBeGreaterThanOrEqual(25);
  const slugs = path.steps.map(({ skill }: { skill: { slug: string } }) => skill.slug);
  expect(slugs).toContain("python");
  expect(slugs).not.toContain("git");

  const second = await start({ DATA_DIR: dataDir });
  expect(await answer(second)).toBe(firstAnswer);
  await expectRefused(second);
  expect(await stop(second)).toBe(0);

  const onPostgresql = await start({
    DATABASE_URL: await newPostgresqlDatabase("nothing"),
    DATA_DIR: dataDir,
  });
  expect(await answer(onPostgresql)).toBe(firstAnswer);
  expect(await stop(onPostgresql)).toBe(0);
});
