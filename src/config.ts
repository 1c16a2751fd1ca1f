import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";

/** The log levels of pino, from nothing to everything. */
const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** A variable that is set to an empty text counts as unset. */
const unset = (value: unknown): unknown => (value === "" ? undefined : value);

const list = z.string().transform((items) => items.split(",").map((item) => item.trim()));

const port = z
  .string()
  .regex(/^\d+$/, "expected a whole number from 0 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "expected a whole number from 0 to 65535");

/** The cost that one client may cause in a minute when nothing else is said: some hundred hard plans, or thousands of easy ones. */
const DEFAULT_RATE_LIMIT = "6000000";

/** A token that is shorter can be guessed. */
const LEAST_TOKEN_LENGTH = 16;

/** What a header can carry as `Authorization: Bearer …` (RFC 6750). */
const bearerToken = z
  .string()
  .regex(
    new RegExp(`^[\\w.~+/-]{${LEAST_TOKEN_LENGTH},}=*$`),
    `expected at least ${LEAST_TOKEN_LENGTH} letters, digits or -._~+/`,
  );

/** What signs tokens by HS256, which takes at least as many bytes as it gives (RFC 7518 §3.2). */
const LEAST_SECRET_LENGTH = 32;
const sharedSecret = z
  .string()
  .refine(
    (secret) => Buffer.byteLength(secret) >= LEAST_SECRET_LENGTH,
    `expected at least ${LEAST_SECRET_LENGTH} bytes, such as of \`openssl rand -hex 32\``,
  );

/** A secret in a file, as orchestrators hand them out. What surrounds it, such as a line break, does not count. */
const inFile = (secret: z.ZodType<string>) =>
  z.string().transform((path, context) => {
    const fault = (message: string) => {
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    };
    try {
      const read = secret.safeParse(readFileSync(path, "utf8").trim());
      return read.success ? read.data : fault(`${read.error.issues[0]?.message} in the file`);
    } catch {
      return fault("expected a file that can be read");
    }
  });

/** Algorithms of identity providers: those with a public key. */
const TOKEN_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"];

/** Who can change what goes over the wire can have any token believed. */
const isPrivateUrl = (text: string) => {
  const { protocol, hostname } = new URL(text);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
};

const variables = z.object({
  HOST: z.preprocess(unset, z.string().default("127.0.0.1")),
  PORT: z.preprocess(unset, port.default(4000)),
  DATA_DIR: z.preprocess(unset, z.string().default(".data")),
  DATABASE_URL: z.preprocess(
    unset,
    z.url({ protocol: /^postgres(?:ql)?$/, error: "expected a postgresql:// URL" }).optional(),
  ),
  DATABASE_FEATURES: z.preprocess(
    unset,
    z.enum(["full", "minimal"], { error: "expected full or minimal" }).default("full"),
  ),
  PERSISTED_OPERATIONS: z.preprocess(
    unset,
    list
      .refine((paths) => !paths.includes(""), "expected paths of files with commas between them")
      .default([]),
  ),
  OPERATIONS: z.preprocess(
    unset,
    z.enum(["any", "persisted"], { error: "expected any or persisted" }).default("any"),
  ),
  INTROSPECTION: z.preprocess(unset, z.enum(["on", "off"], { error: "expected on or off" }).default("on")),
  RATE_LIMIT: z.preprocess(
    unset,
    z
      .string()
      .regex(/^(?:off|[1-9]\d{0,11})$/, "expected off, or the cost that a client may cause in a minute")
      .default(DEFAULT_RATE_LIMIT)
      .transform((limit) => (limit === "off" ? undefined : Number(limit))),
  ),
  TRUSTED_PROXIES: z.preprocess(
    unset,
    list
      .refine(
        (entries) => entries.every(isNetwork),
        "expected addresses or networks with commas between them",
      )
      .default([]),
  ),
  METRICS_PORT: z.preprocess(unset, port.optional()),
  METRICS_TOKEN: z.preprocess(
    unset,
    z.string().min(LEAST_TOKEN_LENGTH, `expected at least ${LEAST_TOKEN_LENGTH} characters`).optional(),
  ),
  API_TOKEN: z.preprocess(unset, bearerToken.optional()),
  API_TOKEN_FILE: z.preprocess(unset, inFile(bearerToken).optional()),
  ANONYMOUS: z.preprocess(
    unset,
    z.enum(["read", "refuse"], { error: "expected read or refuse" }).default("read"),
  ),
  JWT_SECRET: z.preprocess(unset, sharedSecret.optional()),
  JWT_SECRET_FILE: z.preprocess(unset, inFile(sharedSecret).optional()),
  JWT_JWKS_URL: z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/, error: "expected a https:// URL", abort: true })
      .refine(isPrivateUrl, "expected https://, except for this machine")
      .optional(),
  ),
  JWT_ISSUER: z.preprocess(unset, z.string().optional()),
  JWT_AUDIENCE: z.preprocess(unset, z.string().optional()),
  JWT_ALGORITHMS: z.preprocess(
    unset,
    list
      .refine(
        (names) => names.every((name) => TOKEN_ALGORITHMS.includes(name)),
        `expected some of ${TOKEN_ALGORITHMS.join(",")}`,
      )
      .default(["RS256"]),
  ),
  PUBLIC_URL: z.preprocess(
    unset,
    z.url({ protocol: /^https?$/, error: "expected a http:// or https:// URL" }).optional(),
  ),
  EMBED_ORIGINS: z.preprocess(
    unset,
    z
      .string()
      .regex(
        /^(?:\*|'none'|'self'|https?:\/\/[\w.*:-]+)(?: (?:'self'|https?:\/\/[\w.*:-]+))*$/,
        "expected origins such as https://example.org with spaces between them",
      )
      .optional(),
  ),
  LOG_LEVEL: z.preprocess(
    unset,
    z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(", ")}` }).default("info"),
  ),
});

const settings = variables
  .refine(
    ({ PORT, METRICS_PORT }) => METRICS_PORT === undefined || METRICS_PORT === 0 || METRICS_PORT !== PORT,
    { path: ["METRICS_PORT"], error: "expected another port than PORT" },
  )
  .refine(
    // Otherwise the tokens that a provider gives for other services would be good here.
    ({ JWT_JWKS_URL, JWT_ISSUER, JWT_AUDIENCE }) =>
      JWT_JWKS_URL === undefined || (JWT_ISSUER !== undefined && JWT_AUDIENCE !== undefined),
    { path: ["JWT_JWKS_URL"], error: "expected JWT_ISSUER and JWT_AUDIENCE beside it" },
  );

/** Whether a text is an address, such as 10.0.0.1, or a network, such as 10.0.0.0/8. */
function isNetwork(text: string): boolean {
  const [address = "", prefix] = text.split("/");
  const bits = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}

/** The configuration, which comes from environment variables. */
export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** The port to listen on; 0 lets the system choose. */
  readonly port: number;
  /** The folder of the embedded database, used when `databaseUrl` is absent. */
  readonly dataDir: string;
  /** A PostgreSQL server to use instead of the embedded database. */
  readonly databaseUrl: string | undefined;
  /** What that server can do: `minimal` is without advisory locks and notifications. */
  readonly databaseFeatures: "full" | "minimal";
  /** Files with operations that clients may name instead of sending them. */
  readonly persistedOperations: readonly string[];
  /** Whether clients may ask for nothing but persisted operations. */
  readonly onlyPersisted: boolean;
  /** Whether clients may read the schema: introspection, suggestions in errors, the playground. */
  readonly introspection: boolean;
  /** The cost that one client may cause in a minute; `undefined`: any. */
  readonly rateLimit: number | undefined;
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** Where metrics are served without a token; `undefined`: nowhere. */
  readonly metricsPort: number | undefined;
  /** What gives access to the metrics beside the API; `undefined`: nothing. */
  readonly metricsToken: string | undefined;
  /** A token that may do everything to the graph; `undefined`: there is none. */
  readonly apiToken: string | undefined;
  /** Whether who does not say who he is gets no answers. */
  readonly refusesAnonymous: boolean;
  /** Which JSON Web Tokens are believed. */
  readonly tokens: {
    /** Signs tokens and checks them; `undefined`: what the data folder has, if there is one. */
    readonly secret: string | undefined;
    /** Where the public keys of an identity provider are; `undefined`: there is none. */
    readonly jwksUrl: string | undefined;
    /** Which of its algorithms are taken. */
    readonly algorithms: readonly string[];
    /** What tokens must say of who made them and whom they are for; `undefined`: anything. */
    readonly issuer: string | undefined;
    readonly audience: string | undefined;
  };
  /** Where clients find the server; absent: as each request says. */
  readonly publicUrl?: string | undefined;
  /** The origins that may frame embeds, as CSP's `frame-ancestors` has them; absent: all. */
  readonly embedOrigins?: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** Environment variables that cannot be used. The message names each one and what was expected. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "CONFIG_INVALID";
}

/** Variables that contain a secret: messages, which end up in logs, do not repeat them. */
const SECRET: ReadonlySet<PropertyKey> = new Set([
  "DATABASE_URL",
  "METRICS_TOKEN",
  "API_TOKEN",
  "JWT_SECRET",
]);

/**
 * Reads the configuration; the only reader of `process.env`.
 *
 * Throws a `ConfigError` that names every variable that cannot be used, what was expected and what it is.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const read = settings.safeParse(env);
  if (!read.success) {
    const lines = read.error.issues.map((issue) => {
      const variable = String(issue.path[0]);
      const came = SECRET.has(variable) ? "something else" : JSON.stringify(env[variable]);
      return `${variable}: ${issue.message}, got ${came}`;
    });
    throw new ConfigError([...new Set(lines)].join("\n"));
  }
  const { data } = read;
  for (const name of ["API_TOKEN", "JWT_SECRET"] as const)
    if (data[name] !== undefined && data[`${name}_FILE`] !== undefined)
      throw new ConfigError(`${name}: expected to be unset where ${name}_FILE is set, got both`);
  return {
    host: data.HOST,
    port: data.PORT,
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    databaseFeatures: data.DATABASE_FEATURES,
    persistedOperations: data.PERSISTED_OPERATIONS,
    onlyPersisted: data.OPERATIONS === "persisted",
    introspection: data.INTROSPECTION === "on",
    rateLimit: data.RATE_LIMIT,
    trustedProxies: data.TRUSTED_PROXIES,
    metricsPort: data.METRICS_PORT,
    metricsToken: data.METRICS_TOKEN,
    apiToken: data.API_TOKEN ?? data.API_TOKEN_FILE,
    refusesAnonymous: data.ANONYMOUS === "refuse",
    tokens: {
      secret: data.JWT_SECRET ?? data.JWT_SECRET_FILE,
      jwksUrl: data.JWT_JWKS_URL,
      algorithms: data.JWT_ALGORITHMS,
      issuer: data.JWT_ISSUER,
      audience: data.JWT_AUDIENCE,
    },
    publicUrl: data.PUBLIC_URL,
    embedOrigins: data.EMBED_ORIGINS,
    logLevel: data.LOG_LEVEL,
  };
}
