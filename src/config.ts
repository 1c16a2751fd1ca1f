import { z } from "zod";

/** The log levels of pino, from nothing to everything. */
const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;

/** A variable that is set to an empty text counts as unset. */
const unset = (value: unknown): unknown => (value === "" ? undefined : value);

const settings = z.object({
  HOST: z.preprocess(unset, z.string().default("127.0.0.1")),
  PORT: z.preprocess(
    unset,
    z
      .string()
      .regex(/^\d+$/, "expected a whole number from 0 to 65535")
      .transform(Number)
      .refine((port) => port <= 65_535, "expected a whole number from 0 to 65535")
      .default(4000),
  ),
  DATA_DIR: z.preprocess(unset, z.string().default(".data")),
  DATABASE_URL: z.preprocess(
    unset,
    z.url({ protocol: /^postgres(?:ql)?$/, error: "expected a postgresql:// URL" }).optional(),
  ),
  PERSISTED_OPERATIONS: z.preprocess(
    unset,
    z
      .string()
      .transform((paths) => paths.split(",").map((path) => path.trim()))
      .refine((paths) => !paths.includes(""), "expected paths of files with commas between them")
      .default([]),
  ),
  LOG_LEVEL: z.preprocess(
    unset,
    z.enum(LOG_LEVELS, { error: `expected one of ${LOG_LEVELS.join(", ")}` }).default("info"),
  ),
});

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
  /** Files with operations that clients may name instead of sending them. */
  readonly persistedOperations: readonly string[];
  readonly logLevel: (typeof LOG_LEVELS)[number];
}

/** Environment variables that cannot be used. The message names each one and what was expected. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code = "CONFIG_INVALID";
}

/** Variables that contain a password: messages, which end up in logs, do not repeat them. */
const SECRET: ReadonlySet<PropertyKey> = new Set(["DATABASE_URL"]);

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
  const { HOST, PORT, DATA_DIR, DATABASE_URL, PERSISTED_OPERATIONS, LOG_LEVEL } = read.data;
  return {
    host: HOST,
    port: PORT,
    dataDir: DATA_DIR,
    databaseUrl: DATABASE_URL,
    persistedOperations: PERSISTED_OPERATIONS,
    logLevel: LOG_LEVEL,
  };
}
