import { describe, expect, test } from "vitest";
import { ConfigError, readConfig } from "../src/config.ts";

describe("the configuration", () => {
  test("needs nothing", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 4000,
      dataDir: ".data",
      databaseUrl: undefined,
      databaseFeatures: "full",
      persistedOperations: [],
      onlyPersisted: false,
      introspection: true,
      rateLimit: 6_000_000,
      trustedProxies: [],
      metricsPort: undefined,
      metricsToken: undefined,
      apiToken: undefined,
      refusesAnonymous: false,
      tokens: {
        secret: undefined,
        jwksUrl: undefined,
        algorithms: ["RS256"],
        issuer: undefined,
        audience: undefined,
      },
      logLevel: "info",
    });
  });

  test("comes from the environment", () => {
    const env = {
      HOST: "0.0.0.0",
      PORT: "0",
      DATA_DIR: "/var/lib/skills",
      DATABASE_URL: "postgresql://me:secret@localhost:5432/skills",
      DATABASE_FEATURES: "minimal",
      PERSISTED_OPERATIONS: "relay.json, gql/persisted-documents.json",
      OPERATIONS: "persisted",
      INTROSPECTION: "off",
      RATE_LIMIT: "off",
      TRUSTED_PROXIES: "10.0.0.0/8, ::1",
      METRICS_PORT: "9100",
      METRICS_TOKEN: "a token that nobody guesses",
      API_TOKEN: "another-that-nobody-guesses",
      ANONYMOUS: "refuse",
      JWT_SECRET: "a secret of at least thirty-two bytes",
      JWT_JWKS_URL: "https://id.example/keys",
      JWT_ISSUER: "https://id.example",
      JWT_AUDIENCE: "skills",
      JWT_ALGORITHMS: "ES256, RS256",
      LOG_LEVEL: "silent",
    };
    expect(readConfig(env)).toEqual({
      host: "0.0.0.0",
      port: 0,
      dataDir: "/var/lib/skills",
      databaseUrl: "postgresql://me:secret@localhost:5432/skills",
      databaseFeatures: "minimal",
      persistedOperations: ["relay.json", "gql/persisted-documents.json"],
      onlyPersisted: true,
      introspection: false,
      rateLimit: undefined,
      trustedProxies: ["10.0.0.0/8", "::1"],
      metricsPort: 9100,
      metricsToken: "a token that nobody guesses",
      apiToken: "another-that-nobody-guesses",
      refusesAnonymous: true,
      tokens: {
        secret: "a secret of at least thirty-two bytes",
        jwksUrl: "https://id.example/keys",
        algorithms: ["ES256", "RS256"],
        issuer: "https://id.example",
        audience: "skills",
      },
      logLevel: "silent",
    });
  });

  test("takes a variable that is set to nothing as unset", () => {
    expect(readConfig({ HOST: "", PORT: "", DATA_DIR: "", DATABASE_URL: "", LOG_LEVEL: "" })).toEqual(
      readConfig({}),
    );
  });

  test.each([
    [
      "PERSISTED_OPERATIONS",
      "one.json,,two.json",
      'PERSISTED_OPERATIONS: expected paths of files with commas between them, got "one.json,,two.json"',
    ],
    ["RATE_LIMIT", "0", 'RATE_LIMIT: expected off, or the cost that a client may cause in a minute, got "0"'],
    [
      "TRUSTED_PROXIES",
      "10.0.0.0/33",
      'TRUSTED_PROXIES: expected addresses or networks with commas between them, got "10.0.0.0/33"',
    ],
    ["INTROSPECTION", "no", 'INTROSPECTION: expected on or off, got "no"'],
    ["OPERATIONS", "mine", 'OPERATIONS: expected any or persisted, got "mine"'],
    ["METRICS_TOKEN", "short", "METRICS_TOKEN: expected at least 16 characters, got something else"],
    ["METRICS_PORT", "4000", 'METRICS_PORT: expected another port than PORT, got "4000"'],
    [
      "API_TOKEN",
      "two words, which no header holds",
      "API_TOKEN: expected at least 16 letters, digits or -._~+/, got something else",
    ],
    ["API_TOKEN", "short", "API_TOKEN: expected at least 16 letters, digits or -._~+/, got something else"],
    ["API_TOKEN_FILE", "not/there", 'API_TOKEN_FILE: expected a file that can be read, got "not/there"'],
    ["ANONYMOUS", "no", 'ANONYMOUS: expected read or refuse, got "no"'],
    [
      "JWT_SECRET",
      "too short",
      "JWT_SECRET: expected at least 32 bytes, such as of `openssl rand -hex 32`, got something else",
    ],
    [
      "JWT_JWKS_URL",
      "http://id.example/keys",
      'JWT_JWKS_URL: expected https://, except for this machine, got "http://id.example/keys"\nJWT_JWKS_URL: expected JWT_ISSUER and JWT_AUDIENCE beside it, got "http://id.example/keys"',
    ],
    [
      "JWT_JWKS_URL",
      "https://id.example/keys",
      'JWT_JWKS_URL: expected JWT_ISSUER and JWT_AUDIENCE beside it, got "https://id.example/keys"',
    ],
    [
      "JWT_ALGORITHMS",
      "HS256",
      'JWT_ALGORITHMS: expected some of RS256,RS384,RS512,PS256,ES256,ES384,EdDSA, got "HS256"',
    ],
    ["PORT", "4000a", 'PORT: expected a whole number from 0 to 65535, got "4000a"'],
    ["PORT", "70000", 'PORT: expected a whole number from 0 to 65535, got "70000"'],
    ["PORT", "-1", 'PORT: expected a whole number from 0 to 65535, got "-1"'],
    [
      "LOG_LEVEL",
      "loud",
      'LOG_LEVEL: expected one of silent, fatal, error, warn, info, debug, trace, got "loud"',
    ],
    [
      "DATABASE_URL",
      "mysql://root:secret@db/x",
      "DATABASE_URL: expected a postgresql:// URL, got something else",
    ],
  ])("refuses %s=%s and says why", (variable, value, message) => {
    expect(() => readConfig({ [variable]: value })).toThrow(new ConfigError(message));
  });

  test("names every bad variable at once", () => {
    expect(() => readConfig({ PORT: "x", LOG_LEVEL: "x" })).toThrow(/PORT: .*\nLOG_LEVEL: /);
  });
});
