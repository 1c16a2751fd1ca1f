import { createServer } from "node:net";
import { setFlagsFromString } from "node:v8";
import type { Logger } from "pino";
import { type Config, readConfig } from "../config.ts";
import { HEAP_GROWING_PERCENT, YOUNG_GROWTH_FACTOR } from "../http/limits.ts";
import { type Service, serve } from "../main.ts";
import { CommandFault } from "./command-fault.ts";
import { serveCommands } from "./served-commands.ts";
import { servingLog } from "./serving-log.ts";

export interface ServeCommandOptions {
  /** A graph file, or a folder of them, to serve instead of the shipped graph. */
  readonly graph?: string;
}

/**
 * `serve`, which is what `npm start` runs: tells its address and stops on SIGINT and SIGTERM; a second one ends it at
 * once. A terminal is told in words, anything else by one line of the log.
 */
export async function serveCommand({ graph }: ServeCommandOptions): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWING_PERCENT}`);
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH_FACTOR}`);
  const config = await configFor(graph);
  const isTerminal = process.stdout.isTTY;
  const tell = (text: string) => {
    if (isTerminal) process.stdout.write(`${text}\n`);
  };
  // Before anything is opened, which takes longer.
  await checkAddress(config);
  tell("Starting …");
  // Signals are heard from now on: whoever reads the first line of the log may stop it.
  const starting = serveWithCommands(config, servingLog(config, isTerminal), graph);
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    tell("Stopping: requests under way are answered. Ctrl-C again ends it at once.");
    starting
      .then((service) => service.close())
      .then(
        () => {
          tell("Stopped.");
          process.exit(0);
        },
        (error: unknown) => {
          process.stderr.write(
            `error: it did not stop cleanly: ${error instanceof Error ? error.message : error}\n`,
          );
          process.exit(1);
        },
      );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  const { url } = await starting;
  tell(`Skills graph: ${url} (playground), ${url}/graphql (API). Ctrl-C stops it.`);
}

/** Serves, and carries out the commands of other processes on the data folder that only this one may open. */
async function serveWithCommands(
  config: Config,
  logger: Logger,
  graph: string | undefined,
): Promise<Service> {
  const service = await serve(config, logger, graph);
  const { store } = service;
  if (config.databaseUrl !== undefined || store === undefined) return service;
  const commands = await serveCommands(store, config.dataDir).catch((err: unknown) => {
    logger.warn({ err }, "commands on the data folder are refused while this server runs");
  });
  const close = async () => {
    await commands?.close();
    await service.close();
  };
  return { ...service, close };
}

/** Throws a `CommandFault` that says what to change where one cannot listen. */
async function checkAddress({ host, port, metricsPort }: Config): Promise<void> {
  await checkPort("PORT", host, port);
  if (metricsPort !== undefined) await checkPort("METRICS_PORT", host, metricsPort);
}

function checkPort(variable: string, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => reject(addressFault(error, host, port, variable)));
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

function addressFault(
  { code, message }: NodeJS.ErrnoException,
  host: string,
  port: number,
  variable: string,
): CommandFault {
  switch (code) {
    case "EADDRINUSE":
      return new CommandFault(
        `PORT_IN_USE: another process listens on ${host}:${port}; set ${variable} to a free one, or 0 for any.`,
      );
    case "EACCES":
      return new CommandFault(
        `PORT_REFUSED: this user may not listen on port ${port}; set ${variable} to one above 1023.`,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return new CommandFault(
        `HOST_UNKNOWN: expected HOST to be an address of this machine, such as 127.0.0.1 or 0.0.0.0 for all, got ${host}`,
      );
    default:
      return new CommandFault(`cannot listen on ${host}:${port}: ${message}`);
  }
}

/** The configuration; a graph of one's own has a folder of its own. */
async function configFor(graph: string | undefined): Promise<Config> {
  const config = readConfig();
  if (graph === undefined) return config;
  if (config.databaseUrl !== undefined)
    throw new CommandFault(
      "expected no DATABASE_URL with --graph, which keeps its graph in a folder of its own",
    );
  const { dataDirOf } = await import("../seeding/own-graph.ts");
  return { ...config, dataDir: dataDirOf(graph, config.dataDir) };
}
