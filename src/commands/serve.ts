import { type Config, readConfig } from "../config.ts";
import { serve } from "../main.ts";
import { CommandFault } from "./command-fault.ts";

export interface ServeCommandOptions {
  /** A graph file, or a folder of them, to serve instead of the shipped graph. */
  readonly graph?: string;
}

/** `serve`, which is what `npm start` runs: prints its address and stops on SIGINT and SIGTERM. */
export async function serveCommand({ graph }: ServeCommandOptions): Promise<void> {
  const config = await configFor(graph);
  const service = await serve(config, graph).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
      throw new CommandFault(
        `PORT_IN_USE: another process listens on ${config.host}:${config.port}; set PORT to a free one, or 0 for any.`,
      );
    throw error;
  });
  process.stdout.write(`Skills graph: ${service.url} (playground), ${service.url}/graphql (API)\n`);
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    service.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
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
