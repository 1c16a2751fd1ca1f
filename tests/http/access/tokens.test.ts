import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebTokens } from "../../../src/http/access/web-tokens.ts";
import { type RunningServer, startServer } from "../../../src/http/server.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "../../../src/store/rows/api-keys.ts";
import type { Store } from "../../../src/store/store.ts";
import { API_TOKEN } from "../../support/api.ts";
import { emptyDatabases } from "../../support/database-pool.ts";
import { TOKEN_SECRET } from "../../support/tokens.ts";

/** Which tokens are believed, by every way through the server, and what is said of those that are not. */

const ISSUER = "https://id.example";
const AUDIENCE = "skills";
const { publicKey, privateKey } = await generateKeyPair("RS256");
const others = await generateKeyPair("RS256");
const elliptic = await generateKeyPair("ES256");
const PUBLISHED = { ...(await exportJWK(publicKey)), kid: "one", alg: "RS256" };

let provider: Server;
let isProviderUp = true;
let store: Store;
let server: RunningServer;
let strict: RunningServer;
const log: string[] = [];
const bearers: Record<string, string> = {};
beforeAll(async () => {
  provider = createServer((_request, response) => {
    if (!isProviderUp) return response.writeHead(500).end();
    return response.end(JSON.stringify({ keys: [PUBLISHED] }));
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => provider.once("listening", listening));
  const jwksUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`;
  const tokens = {
    ...{ secret: TOKEN_SECRET, jwksUrl, algorithms: ["RS256"], issuer: ISSUER, audience: AUDIENCE },
  };
  const logger = pino({ level: "trace" }, { write: (line: string) => log.push(line) });
  store = await emptyDatabases.open();
  const address = { host: "127.0.0.1", port: 0, apiToken: API_TOKEN, tokens };
  server = await startServer(store, logger, address);
  strict = await startServer(store, logger, { ...address, refusesAnonymous: true });
  const keyOf = async (name: string, seconds?: number) => {
    const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1_000);
    const key = await createApiKey(store.prisma, { name, scopes: ["graph:write"], expiresAt });
    return key ?? "";
  };
  const good = await keyOf("good", 60);
  const shared = new TextEncoder().encode(TOKEN_SECRET);
  const other = new TextEncoder().encode("another-secret-that-is-as-long-as-the-first");
  const signed = (claims: JWTPayload, key: Parameters<SignJWT["sign"]>[0] = shared, header: object = {}) =>
    new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg: "HS256", ...header }).sign(key);
  const [head = "", body = "", signature = ""] = (await signed({})).split(".");
  Object.assign(bearers, {
    "the API_TOKEN": API_TOKEN,
    "a key": good,
    "a token": await signed({}),
    "a token of the provider": await signed({}, privateKey, { alg: "RS256", kid: "one" }),
    "the API_TOKEN and more": `${API_TOKEN}x`,
    "a key with another secret": `${good.slice(0, -1)}${good.endsWith("A") ? "B" : "A"}`,
    "a key that there is not": good.replace(/^sg_.{16}/, "sg_0123456789abcdef"),
    "a key that has expired": await keyOf("old", -1),
    "a key that was revoked": await keyOf("gone"),
    "the hash of a key": (await store.prisma.apiKey.findFirstOrThrow()).hash,
    "a token that has expired": await signed({ exp: now() - 60 }),
    "a token that never expires": await signed({ exp: undefined }),
    "a token that is not good yet": await signed({ nbf: now() + 600 }),
    "a token for nobody": await signed({ sub: undefined }),
    "a token for an empty subject": await signed({ sub: "" }),
    "a token for a subject without an end": await signed({ sub: "x".repeat(1_000) }),
    "a token of somebody else": await signed({ iss: "https://other.example" }),
    "a token for something else": await signed({ aud: "bank" }),
    "a token of another secret": await signed({}, other),
    "a token of another pair of keys": await signed({}, others.privateKey, { alg: "RS256", kid: "one" }),
    "a token of a key that is not published": await signed({}, others.privateKey, {
      ...{ alg: "RS256", kid: "two" },
    }),
    "a token by an algorithm that is not taken": await signed({}, elliptic.privateKey, { alg: "ES256" }),
    "a token without a signature": `${head}.${body}.`,
    "a token by the algorithm none": `${encoded({ alg: "none" })}.${body}.`,
    "a token by none, with a signature": `${encoded({ alg: "None" })}.${body}.${signature}`,
    "a token with other claims under its signature": `${head}.${encoded({ ...CLAIMS, sub: "admin" })}.${signature}`,
    "a token that is signed with the public key as a secret": confused(await exportSPKI(publicKey)),
    "a token that is signed with the public key's JWK": confused(JSON.stringify(PUBLISHED)),
    "a token that brings its own key": await signed({}, others.privateKey, {
      ...{ alg: "RS256", jwk: await exportJWK(others.publicKey) },
    }),
    "a token that says where its key is": await signed({}, others.privateKey, {
      ...{ alg: "RS256", kid: "one", jku: "http://127.0.0.1:1/keys" },
    }),
    "a token with a header that must be understood": await signedCritically(head, body),
    dots: "..",
    "a token of nonsense": "a.b.c",
  });
  await revokeApiKey(store.prisma, "gone");
});
afterAll(async () => {
  provider.close();
  await server.close();
  await strict.close();
  await store.close();
});

const now = () => Math.floor(Date.now() / 1_000);
const CLAIMS = { sub: "ann", scope: "graph:write other", iss: ISSUER, aud: AUDIENCE, exp: now() + 600 };
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const hmac = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url");
const confused = (secret: string) => {
  const text = `${encoded({ alg: "HS256" })}.${encoded(CLAIMS)}`;
  return `${text}.${hmac(text, secret)}`;
};
const signedCritically = async (_head: string, body: string) => {
  const text = `${encoded({ alg: "HS256", crit: ["x"], x: 1 })}.${body}`;
  return `${text}.${hmac(text, TOKEN_SECRET)}`;
};

const GOOD = ["the API_TOKEN", "a key", "a token", "a token of the provider"];

const WAYS = {
  compiled: "application/graphql-response+json",
  // A rare media type, which only Yoga takes.
  "by Yoga": "application/graphql+json",
} as const;

const WRITE =
  'mutation { createSkill(input: { slug: "x", name: "X", hours: 1 }, dryRun: true) { __typename } }';

function post(query: string, headers: Record<string, string>, url = server.url) {
  const body = JSON.stringify({ query });
  return fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

describe("what is believed", () => {
  test("of all that is tried here: these and no others", async () => {
    const believed: string[] = [];
    for (const [name, bearer] of Object.entries(bearers)) {
      const headers = { authorization: `Bearer ${bearer}` };
      const answer = await post(WRITE, headers);
      const text = await answer.text();
      if (answer.status === 200) believed.push(name);
      else {
        expect({ name, status: answer.status }).toEqual({ name, status: 401 });
        expect(JSON.parse(text).errors[0].extensions.code).toBe("UNAUTHENTICATED");
        expect(answer.headers.get("www-authenticate")).toContain('error="invalid_token"');
        expect(text).not.toContain(bearer.length > 10 ? bearer : "no such text");
      }
    }
    expect(believed).toEqual(GOOD);
  });

  test.each(Object.entries(WAYS))(
    "who asks is known %s, and what is not believed is nobody",
    async (_way, accept) => {
      await post('mutation { createSkill(input: { slug: "one", name: "One", hours: 1 }) { __typename } }', {
        authorization: `Bearer ${API_TOKEN}`,
      });
      const headers = {
        accept,
        ...(accept === WAYS["by Yoga"] && { accept: "application/json", "content-type": accept }),
      };
      for (const [name, bearer] of Object.entries(bearers)) {
        const answer = await post("{ changes(first: 1) { nodes { author } } }", {
          ...headers,
          authorization: `Bearer ${bearer}`,
        });
        const [{ author }] = (await answer.json()).data.changes.nodes;
        expect({ name, author }).toEqual({ name, author: GOOD.includes(name) ? "api-token" : null });
        expect(answer.headers.get("cache-control")).toBe("private, no-store");
        expect(answer.headers.get("etag")).toBeNull();
      }
    },
  );

  test("nothing of it is in the log", () => {
    const text = log.join("");
    for (const [name, bearer] of Object.entries(bearers))
      if (bearer.length > 10) expect(text.includes(bearer), name).toBe(false);
  });
});

test("clocks may differ by some seconds", async () => {
  const secret = new TextEncoder().encode(TOKEN_SECRET);
  const late = new SignJWT({ sub: "ann", exp: now() - 5 }).setProtectedHeader({ alg: "HS256" });
  const { subject } = await new WebTokens({ secret: TOKEN_SECRET }).read(await late.sign(secret));
  expect(subject).toBe("ann");
});

test("a reason is given that tells what to do, and no more", async () => {
  const messageOf = async (name: string) => {
    const answer = await post(WRITE, { authorization: `Bearer ${bearers[name]}` });
    return (await answer.json()).errors[0].message;
  };
  expect(await messageOf("a token that has expired")).toBe(
    "Expected a token that is good, got another one: it has expired: get a new one.",
  );
  expect(await messageOf("a key that was revoked")).toContain("the key was revoked");
  expect(await messageOf("a token for something else")).toContain("its aud is missing, or not what");
  expect(await messageOf("a token for an empty subject")).toContain(
    "its claim sub has to be 1 to 200 letters that can be stored",
  );
});

test("a key is of no use from the request after it was taken back, and its secret is not kept", async () => {
  const key = await createApiKey(store.prisma, { name: "brief", scopes: ["graph:write"], expiresAt: null });
  const headers = { authorization: `Bearer ${key}` };
  expect((await post(WRITE, headers)).status).toBe(200);
  await revokeApiKey(store.prisma, "brief");
  expect((await post(WRITE, headers)).status).toBe(401);
  const stored = JSON.stringify(await store.prisma.apiKey.findMany());
  expect(stored).not.toContain(key?.split("_").slice(2).join("_"));
  expect(JSON.stringify(await listApiKeys(store.prisma))).not.toContain("hash");
  expect(await createApiKey(store.prisma, { name: "brief", scopes: [], expiresAt: null })).toBeUndefined();
});

describe("a token anywhere else gives no rights", () => {
  const json = { "content-type": "application/json" };
  test.each<[string, string, RequestInit]>([
    ["in the URL", `?access_token=${API_TOKEN}`, { headers: json }],
    ["in the URL, by another name", `?authorization=Bearer%20${API_TOKEN}`, { headers: json }],
    [
      "in a cookie",
      "",
      { headers: { ...json, cookie: `authorization=Bearer ${API_TOKEN}; token=${API_TOKEN}` } },
    ],
    [
      "in another header",
      "",
      { headers: { ...json, "x-api-key": API_TOKEN, "proxy-authorization": `Bearer ${API_TOKEN}` } },
    ],
    [
      "as the password of another scheme",
      "",
      { headers: { ...json, authorization: `Basic ${btoa(`x:${API_TOKEN}`)}` } },
    ],
    ["in the body", "", { headers: json, body: JSON.stringify({ query: WRITE, access_token: API_TOKEN }) }],
  ])("%s", async (_where, query, init) => {
    const body = JSON.stringify({ query: WRITE });
    const answer = await fetch(`${server.url}/graphql${query}`, { method: "POST", body, ...init });
    expect(answer.status).toBe(401);
    expect(log.join("")).not.toContain(API_TOKEN);
  });
});

describe("what a page of another origin can send unasked is not done, with credentials neither", () => {
  const form = new URLSearchParams({ query: WRITE }).toString();
  test.each([
    ["a form", "application/x-www-form-urlencoded", form],
    [
      "a form with a file",
      "multipart/form-data; boundary=x",
      `--x\r\ncontent-disposition: form-data; name="query"\r\n\r\n${WRITE}\r\n--x--`,
    ],
    ["plain text", "text/plain", JSON.stringify({ query: WRITE })],
    ["plain text that looks like JSON", "text/plain; application/json", JSON.stringify({ query: WRITE })],
    ["no type", "", JSON.stringify({ query: WRITE })],
  ])("%s", async (_what, type, body) => {
    for (const bearer of [undefined, API_TOKEN]) {
      const answer = await fetch(`${server.url}/graphql`, {
        method: "POST",
        headers: { "content-type": type, ...(bearer && { authorization: `Bearer ${bearer}` }) },
        body,
      });
      expect([400, 415]).toContain(answer.status);
      expect(await answer.text()).not.toContain("SkillWrite");
    }
  });
});

describe("a server that refuses who does not say who he is", () => {
  const paths = [
    "/",
    "/graphql?query={__typename}",
    "/schema.graphql",
    "/export/json",
    "/mcp",
    "/learning-path.md?skill=x",
  ];
  test.each(paths)("%s", async (path) => {
    const answer = await fetch(strict.url + path);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
    expect((await fetch(strict.url + path, { headers: { authorization: "Bearer x.y.z" } })).status).toBe(401);
    const known = await fetch(strict.url + path, {
      headers: { authorization: `Bearer ${bearers["a token"]}` },
    });
    expect(known.status).not.toBe(401);
    expect(known.headers.get("cache-control")).toBe("private, no-store");
  });

  test("says whether it lives and is ready", async () => {
    for (const path of ["/health", "/ready"]) expect((await fetch(strict.url + path)).status).toBe(200);
  });
});

test("while the keys of the provider cannot be read, its tokens are not refused for good", async () => {
  isProviderUp = false;
  const later = await startServer(store, pino({ level: "silent" }), {
    ...{ host: "127.0.0.1", port: 0 },
    tokens: {
      jwksUrl: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/keys`,
      algorithms: ["RS256"],
    },
  });
  const headers = { authorization: `Bearer ${bearers["a token of the provider"]}` };
  const answer = await post(WRITE, headers, later.url);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("5");
  expect((await post("{ __typename }", headers, later.url)).status).toBe(200);
  isProviderUp = true;
  expect((await post(WRITE, headers, later.url)).status).toBe(200);
  await later.close();
});

test("whoever is known has a budget of its own, wherever it asks from", async () => {
  const limited = await startServer(store, pino({ level: "silent" }), {
    ...{ host: "127.0.0.1", port: 0, rateLimit: 20_000, apiToken: API_TOKEN },
    tokens: { secret: TOKEN_SECRET },
  });
  const statusOf = async (bearer: string) =>
    (await post(WRITE, { authorization: `Bearer ${bearer}` }, limited.url)).status;
  const tried: number[] = [];
  for (let time = 0; time < 5; time++) tried.push(await statusOf(bearers["a key"] ?? ""));
  expect(tried).toContain(429);
  expect(await statusOf(API_TOKEN)).toBe(200);
  expect((await post("{ __typename }", {}, limited.url)).status).toBe(200);
  await limited.close();
});
