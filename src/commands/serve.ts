import { readConfig } from "../config.ts";
import { serve } from "../main.ts";
import { CommandFault } from "./command-fault.ts";

/** `serve`, which is what `npm start` runs: prints its address and stops on SIGINT and SIGTERM. */
export async function serveCommand(): Promise<void> {
  const config = readConfig();
  const service = await serve(config).catch((error: unknown) => {
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
