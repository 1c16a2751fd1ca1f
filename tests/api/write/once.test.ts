import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { startServer } from "../../../src/http/server.ts";
import { openStore } from "../../../src/store/store.ts";
import { API_TOKEN, openApi, type TestApi, WRITING } from "../../support/api.ts";
import { dump } from "../../support/dump.ts";
import { ask } from "../../support/http.ts";
import { mutate } from "../../support/mutate.ts";
import { newPostgresqlDatabase } from "../../support/postgresql.ts";

/** Versions of entities, and writes that are sent again. */

describe("on one server", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi({
      documents: [{ id: "001", title: "One" }],
      skills: [
        { slug: "http", name: "HTTP", hours: 5 },
        { slug: "sql", name: "SQL", hours: 5 },
      ],
      resources: [{ slug: "tour", name: "Tour", kind: "BOOK" }],
    });
  });
  afterEach(() => api.close());

  test("the version of an entity is the revision of its last change", async () => {
    await mutate(api, "updateSkill", { slug: "http", input: { hours: 6 } });
    await mutate(api, "updateResource", { slug: "tour", input: { teaches: [{ skill: "http" }] } });
    await mutate(api, "createRole", { input: { slug: "dev", name: "Dev" } });
    const query = `{ skills { nodes { slug version } } resource(slug: "tour") { version } role(slug: "dev") { ... on Goal { version } } document(slug: "001") { version } }`;
    const { data } = await api.ask(query);
    expect(data).toEqual({
      skills: {
        nodes: [
          { slug: "http", version: 2 },
          { slug: "sql", version: 1 },
        ],
      },
      resource: { version: 3 },
      role: { version: 4 },
      document: { version: 1 },
    });
    const { statements } = await api.record("{ skills { nodes { slug version } } }");
    expect(statements.filter((sql) => sql.includes('"Change"'))).toHaveLength(1);
  });

  test("a write that was made from another version is refused with the one of today", async () => {
    await mutate(api, "updateSkill", { slug: "http", input: { name: "Hypertext" } });
    const before = await dump(api.store);
    for (const name of ["updateSkill", "deleteSkill"]) {
      const args = { slug: "http", input: { hours: 1 }, expectedVersion: 1 };
      expect(await mutate(api, name, args)).toEqual({
        __typename: "ConflictError",
        message: "Expected the skill http at version 1, it is at 2: read it again and repeat the change.",
        currentRevision: 2,
        expectedVersion: 1,
        currentVersion: 2,
        current: { slug: "http", name: "Hypertext", version: 2 },
      });
    }
    expect(await dump(api.store)).toEqual(before);
    await mutate(api, "updateSkill", { slug: "sql", input: { hours: 1 } });
    const args = { slug: "http", input: { hours: 1 }, expectedVersion: 2 };
    expect(await mutate(api, "updateSkill", args)).toMatchObject({ written: { revision: 4 } });
  });

  test("what is sent again with its key is not done again, whatever was written since", async () => {
    const args = { input: { slug: "x", name: "X", hours: 1 }, idempotencyKey: "one" };
    const first = await mutate(api, "createSkill", args);
    expect(first).toMatchObject({
      skill: { name: "X" },
      written: { revision: 2, isReplay: false, created: 1 },
    });
    await mutate(api, "updateSkill", { slug: "x", input: { name: "Y" } });
    const before = await dump(api.store);
    const again = await mutate(api, "createSkill", args);
    expect(again).toEqual({
      ...first,
      skill: { ...first.skill, name: "Y" },
      written: { ...first.written, isReplay: true },
    });
    expect(await dump(api.store)).toEqual(before);
  });

  test("a deletion, an import and changes are replayed as well", async () => {
    const imported = { file: "skills: [{ slug: x, name: X, hours: 1 }]", idempotencyKey: "import" };
    const applied = {
      changes: [{ setHours: { skill: "http", hours: 9 } }],
      expectedRevision: 2,
      idempotencyKey: "apply",
    };
    const deleted = { slug: "sql", idempotencyKey: "delete" };
    const sent = [
      ["importGraph", imported, { written: { revision: 2 } }],
      ["applyChanges", applied, { revision: 3 }],
      ["deleteSkill", deleted, { skill: null, written: { revision: 4 } }],
    ] as const;
    for (let time = 1; time <= 2; time++)
      for (const [name, args, expected] of sent)
        expect(await mutate(api, name, args)).toMatchObject(expected);
    expect(api.store.snapshot().revision).toBe(4);
  });

  test("the same key with anything else is refused, and what was refused may be sent again", async () => {
    const args = { slug: "http", input: { hours: 6 }, idempotencyKey: "k" };
    const refused = { ...args, input: { hours: -1 } };
    expect(await mutate(api, "updateSkill", refused)).toMatchObject({ __typename: "ValidationError" });
    expect(await mutate(api, "updateSkill", { ...args, dryRun: true })).toMatchObject({
      written: { revision: 1 },
    });
    expect(await mutate(api, "updateSkill", args)).toMatchObject({ written: { revision: 2 } });
    for (const [name, other] of [
      ["updateSkill", refused],
      ["updateSkill", { ...args, reason: "Another." }],
      ["deleteSkill", { slug: "http", idempotencyKey: "k" }],
    ] as const)
      expect(await mutate(api, name, other)).toMatchObject({ __typename: "KeyReusedError" });
    expect(api.store.snapshot().revision).toBe(2);
    for (const idempotencyKey of ["", "x".repeat(256), "\0"])
      expect(await mutate(api, "updateSkill", { ...args, idempotencyKey })).toMatchObject({
        __typename: "ValidationError",
        argument: "idempotencyKey",
      });
  });

  test("a write that changes nothing is remembered, and keys are forgotten after a day", async () => {
    const args = { slug: "http", input: { hours: 5 }, idempotencyKey: "k" };
    expect(await mutate(api, "updateSkill", args)).toMatchObject({ written: { revision: 1, updated: 0 } });
    await mutate(api, "updateSkill", { slug: "http", input: { hours: 6 } });
    expect(await mutate(api, "updateSkill", args)).toMatchObject({
      written: { revision: 1, isReplay: true },
    });
    const aged = (hours: number) =>
      api.store.prisma
        .$executeRaw`UPDATE "IdempotencyKey" SET "createdAt" = now() AT TIME ZONE 'UTC' - ${hours} * interval '1 hour'`;
    await aged(23.9);
    expect(await mutate(api, "updateSkill", args)).toMatchObject({ written: { isReplay: true } });
    await aged(24.1);
    expect(await mutate(api, "updateSkill", args)).toMatchObject({
      written: { revision: 3, isReplay: false },
    });
    await aged(24.1);
    await mutate(api, "updateSkill", { slug: "http", input: { hours: 7 }, idempotencyKey: "other" });
    expect(await api.store.prisma.idempotencyKey.findMany({ select: { key: true } })).toEqual([
      { key: '["api-token","other"]' },
    ]);
  });
});

test("the same sent to two servers at the same moment is done once, and both tell of it", async () => {
  const databaseUrl = await newPostgresqlDatabase("migrated");
  const open = async () => {
    const store = await openStore({ databaseUrl, dataDir: "" });
    const address = { host: "127.0.0.1", port: 0, apiToken: API_TOKEN };
    return { store, server: await startServer(store, pino({ level: "silent" }), address) };
  };
  const servers = [await open(), await open()];
  const create = `mutation ($input: CreateSkillInput!, $key: String) { createSkill(input: $input, idempotencyKey: $key) {
    __typename ... on SkillWrite { skill { slug } written { revision isReplay } } ... on Error { message } } }`;
  const WRITES = 20;
  for (let nth = 0; nth < WRITES; nth++) {
    const variables = { input: { slug: `s${nth}`, name: "S", hours: 1 }, key: `key-${nth}` };
    const answers = await Promise.all(
      [0, 1, 0, 1].map(
        async (at) => (await ask(servers[at]!.server.url, create, variables, WRITING)).data.createSkill,
      ),
    );
    expect(answers.map(({ skill }) => skill)).toEqual(Array(4).fill({ slug: `s${nth}` }));
    expect(answers.map(({ written }) => written.revision)).toEqual(Array(4).fill(nth + 1));
    expect(answers.filter(({ written }) => !written.isReplay)).toHaveLength(1);
  }
  await Promise.all(servers.map(({ store }) => store.refresh()));
  expect(servers.map(({ store }) => store.snapshot().revision)).toEqual([WRITES, WRITES]);
  for (const { store, server } of servers) {
    await server.close();
    await store.close();
  }
});
