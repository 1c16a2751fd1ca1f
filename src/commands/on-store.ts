import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { type Config, readConfig } from "../config.ts";
import { commandsFolder } from "../store/database/data-dir-lock.ts";
import { openStore, type Store } from "../store/store.ts";
import { StoreError } from "../store/store-errors.ts";
import { visible } from "../words/visible.ts";
import { CommandFault } from "./command-fault.ts";
import { ADDRESS_FILE, commandFrame, lineOf, VERSION } from "./command-wire.ts";
import type { Terminal } from "./store-command.ts";
import { STORE_COMMANDS, type StoreCommandName } from "./store-commands.ts";

/** How long a data folder is waited for that is in use: a server that starts takes commands by then, small commands end. */
const HOLDER_WAIT_MS = 3_000;
const HOLDER_POLL_MS = 100;

/**
 * Runs a command on the configured database, or has it carried out by the server that holds the data folder. `stdout`
 * is where it prints. Throws what the command throws, and `StoreError` with DATA_DIR_LOCKED when something else holds
 * the folder.
 */
export async function runOnStore(
  name: StoreCommandName,
  args: unknown,
  stdout: Writable = process.stdout.isTTY ? visibleTo(process.stdout) : process.stdout,
): Promise<void> {
  const terminal: Terminal = { stdout, stderr: process.stderr, folder: process.cwd() };
  const opened = await openOrReach(name, readConfig());
  if (opened.kind === "server") {
    const request = lineOf({ version: VERSION, command: name, args, folder: terminal.folder });
    return carriedOut(opened.socket, request, terminal);
  }
  const { store } = opened;
  try {
    // A question is asked of the shipped graph where there is no other.
    if (name === "path") await (await import("../seeding/seed.ts")).seedIfEmpty(store);
    const { run } = await STORE_COMMANDS[name]();
    await run(store, args, terminal);
  } finally {
    await store.close();
  }
}

/** A terminal obeys what a name may hold; a file or a pipe gets everything as it is. */
function visibleTo(terminal: Writable): Writable {
  const write = (chunk: unknown, _encoding: string, done: (error?: Error | null) => void) =>
    terminal.write(typeof chunk === "string" ? visible(chunk) : chunk, done);
  return new Writable({ decodeStrings: false, write });
}

type Opened =
  | { readonly kind: "store"; readonly store: Store }
  | { readonly kind: "server"; readonly socket: Socket };

async function openOrReach(name: StoreCommandName, config: Config): Promise<Opened> {
  const { databaseUrl, databaseFeatures, dataDir } = config;
  const log = (message: string) => process.stderr.write(`${message}\n`);
  const template =
    name === "path" ? (await import("../seeding/shipped-template.ts")).shippedTemplate : undefined;
  const deadline = Date.now() + HOLDER_WAIT_MS;
  for (;;) {
    try {
      const store = await openStore({
        databaseUrl,
        databaseFeatures,
        dataDir,
        log,
        ...(template && { template }),
      });
      return { kind: "store", store };
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== "DATA_DIR_LOCKED") throw error;
      const socket = await reachServer(dataDir);
      if (socket !== undefined) return { kind: "server", socket };
      if (Date.now() > deadline) throw error;
    }
    await sleep(HOLDER_POLL_MS);
  }
}

/** A connection to the server that holds a data folder; undefined when none answers this user. */
async function reachServer(dataDir: string): Promise<Socket | undefined> {
  let address: string;
  try {
    address = readFileSync(join(commandsFolder(dataDir), ADDRESS_FILE), "utf8");
  } catch {
    return undefined;
  }
  const socket = connect(address);
  return once(socket, "connect").then(
    () => socket,
    () => undefined,
  );
}

/** Sends a command to a server and prints what it says. Throws a `CommandFault` with the fault that it reports. */
async function carriedOut(socket: Socket, request: string, terminal: Terminal): Promise<void> {
  socket.write(request);
  const streams = { 1: terminal.stdout, 2: terminal.stderr };
  for await (const line of linesOf(socket)) {
    const frame = commandFrame.parse(JSON.parse(line));
    if (frame[0] === 0) {
      if (frame[1] !== null) throw new CommandFault(frame[1].replace(/^error: /, ""));
      return;
    }
    const [to, text, encoding] = frame;
    if (!streams[to].write(text, encoding)) await once(streams[to], "drain");
  }
  throw new CommandFault("the server ended before it could say how the command did: run it again");
}

/** The whole lines that a server sends. Ends when the connection does, for whatever reason. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = "";
  try {
    for await (const chunk of socket.setEncoding("utf8")) {
      const lines = `${rest}${chunk}`.split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch {
    // A connection that breaks ends as well.
  }
}
