import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { validate } from "dockerfile-utils";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

/** The files that make and run an image. There is no engine here, so they are linted, and what they say is carried out. */

const ROOT = join(import.meta.dirname, "..");
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** The instructions of a Dockerfile, stage by stage. */
function stagesOf(text: string): Instruction[][] {
  const lines = text.replaceAll("\\\n", "").split("\n");
  const stages: Instruction[][] = [];
  for (const line of lines) {
    if (line === "" || line.startsWith("#")) continue;
    const [name = "", ...rest] = line.split(" ");
    if (name === "FROM") stages.push([]);
    stages.at(-1)!.push({ name, rest: rest.join(" ").trim() });
  }
  return stages;
}

const file = read("Dockerfile");
const [build, final] = stagesOf(file) as [Instruction[], Instruction[]];
const all = (stage: readonly Instruction[], name: string) =>
  stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
const words = z.array(z.string());
const command = (text: string) => words.parse(JSON.parse(text));

describe("the Dockerfile", () => {
  test("has no mistakes that a linter sees", () => {
    expect(validate(file)).toEqual([]);
  });

  test("is built from one release of Node that the project supports", () => {
    const { engines } = JSON.parse(read("package.json"));
    expect(engines.node).toBe(">=20.19");
    for (const stage of [build, final])
      expect(all(stage, "FROM")[0]).toMatch(/^node:20\.\d{2}\.\d+-bookworm-slim\b/);
  });

  test("copies what is there, and the build context has it", () => {
    const ignored = read(".dockerignore").split("\n");
    for (const rest of all(build, "COPY"))
      for (const name of rest.split(" ").slice(0, -1)) {
        expect(existsSync(join(ROOT, name)), name).toBe(true);
        expect(ignored).toContain(`!${name}`);
      }
    expect(ignored).toContain("*");
  });

  test("runs scripts that there are", () => {
    const { scripts } = JSON.parse(read("package.json"));
    for (const [, script] of file.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty(script!);
  });

  test("runs as a user without rights, who can write to the data alone", () => {
    const names = final.map(({ name }) => name);
    expect(all(final, "USER")).toEqual(["node"]);
    expect(names.lastIndexOf("RUN")).toBeLessThan(names.indexOf("USER"));
    expect(names.indexOf("USER")).toBeLessThan(names.indexOf("CMD"));
    expect(JSON.parse(all(final, "VOLUME")[0]!)).toEqual(["/data"]);
    expect(all(final, "ENV")[0]).toContain("DATA_DIR=/data");
  });

  const folder = mkdtempSync(join(tmpdir(), "skills-graph-image-"));
  afterAll(() => {
    chmodSync(join(folder, "app"), 0o755);
    rmSync(folder, { recursive: true, force: true });
  });

  test("what it copies is enough to serve, and its check of the health holds", async () => {
    const app = join(folder, "app");
    mkdirSync(join(folder, "data"));
    for (const rest of all(final, "COPY")) {
      const [from = "", ...sources] = rest.split(" ").slice(0, -1);
      expect(from).toBe("--from=build");
      for (const source of sources) {
        const name = source.slice("/app/".length);
        mkdirSync(dirname(join(app, name)), { recursive: true });
        // What `npm ci` would make of the sources is here already.
        if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(app, name));
      }
    }
    chmodSync(app, 0o555);
    const [program, ...rest] = command(all(final, "CMD")[0]!);
    const env = {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: "0",
      DATA_DIR: join(folder, "data", "db"),
    };
    const server = spawn(program!, rest, { cwd: app, env });
    const output: string[] = [];
    const url = await new Promise<string>((resolve, reject) => {
      server.once("exit", () => reject(new Error(output.join(""))));
      for (const stream of [server.stdout, server.stderr])
        stream.on("data", (chunk) => {
          output.push(String(chunk));
          const found = /"url":"(http[^"]+)"/.exec(output.join(""))?.[1];
          if (found !== undefined) resolve(found);
        });
    });
    const check = command(/CMD (\[.*\])$/.exec(all(final, "HEALTHCHECK")[0]!)![1]!);
    const healthOn = (port: string) =>
      spawnSync(check[0]!, check.slice(1), { env: { ...env, PORT: port } }).status;
    expect(healthOn(new URL(url).port)).toBe(0);
    const ended = once(server, "exit");
    server.kill("SIGTERM");
    expect((await ended)[0]).toBe(0);
    expect(healthOn(new URL(url).port)).toBe(1);
  });
});

const service = z.looseObject({
  read_only: z.boolean().optional(),
  cap_drop: words.optional(),
  security_opt: words,
  environment: z.record(z.string(), z.string()),
});

test("compose gives the server a database and takes all else from it", () => {
  const { services, volumes } = z
    .object({
      services: z.object({ api: service, database: service.extend({ image: z.string(), volumes: words }) }),
      volumes: z.record(z.string(), z.unknown()),
    })
    .parse(parse(read("compose.yaml")));
  const { api, database } = services;
  expect(api).toMatchObject({ build: ".", read_only: true, cap_drop: ["ALL"] });
  expect(api.depends_on).toEqual({ database: { condition: "service_healthy" } });
  expect(database.image).toMatch(/^postgres:\d+\.\d+-bookworm$/);
  expect(Object.keys(volumes)).toEqual(database.volumes.map((volume) => volume.split(":")[0]));
  for (const { security_opt } of [api, database]) expect(security_opt).toContain("no-new-privileges:true");
  // A password comes from outside, and without one nothing starts.
  for (const text of [api.environment.DATABASE_URL, database.environment.POSTGRES_PASSWORD])
    expect(text).toContain(`\${POSTGRES_PASSWORD:?`);
  // The settings are ones that the server has.
  const settings = read("src/config.ts");
  for (const name of Object.keys(api.environment)) expect(settings).toContain(`  ${name}: `);
});
