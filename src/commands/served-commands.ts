import { randomUUID } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { commandsFolder } from "../store/database/data-dir-lock.ts";
import type { Store } from "../store/store.ts";
import { CommandFault, describeFault } from "./command-fault.ts";
import {
  ADDRESS_FILE,
  COMMANDS_GRACE_MS,
  type CommandFrame,
  commandRequest,
  lineOf,
  MAX_COMMANDS,
  MAX_REQUEST_LENGTH,
  REQUEST_TIMEOUT_MS,
  VERSION,
} from "./command-wire.ts";
import type { Terminal } from "./store-command.ts";
import { isStoreCommand, STORE_COMMANDS } from "./store-commands.ts";

/** The longest path of a socket, in bytes; macOS allows the least. */
const MAX_SOCKET_PATH = 103;

export interface ServedCommands {
  /** Takes no more commands and resolves when those under way have ended. After a grace period their clients are cut off. */
  close(): Promise<void>;
}

/**
 * Carries out the commands of other processes of the same user on the store of this one, which holds the data folder:
 * so nothing but this process ever writes to it. They come over a socket, on Windows a named pipe, in a folder beside
 * the lock that only its owner can enter. Rejects with the system's error where it cannot listen.
 */
export async function serveCommands(store: Store, dataDir: string): Promise<ServedCommands> {
  const folder = commandsFolder(dataDir);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const address = addressIn(folder);
  const idle = new Set<Socket>();
  const underWay = new Map<Promise<void>, Socket>();
  const server = createServer((socket) => {
    // A client that leaves is told by "close"; without this its error would end the process.
    socket.on("error", () => {});
    idle.add(socket);
    requestLine(socket).then(
      (line) => {
        idle.delete(socket);
        const command = carryOut(store, line, socket).finally(() => underWay.delete(command));
        underWay.set(command, socket);
      },
      () => {
        idle.delete(socket);
        socket.destroy();
      },
    );
  });
  server.maxConnections = MAX_COMMANDS;
  await listen(server, address);
  if (process.platform !== "win32") chmodSync(address, 0o600);
  writeFileSync(join(folder, ADDRESS_FILE), address, { mode: 0o600 });
  return {
    close: async () => {
      server.close();
      for (const socket of idle) socket.destroy();
      const ended = Promise.all(underWay.keys());
      await Promise.race([ended, sleep(COMMANDS_GRACE_MS, undefined, { ref: false })]);
      for (const socket of underWay.values()) socket.destroy();
      await ended;
      rmSync(folder, { recursive: true, force: true });
      if (isTemporary(address, folder)) rmSync(dirname(address), { recursive: true, force: true });
    },
  };
}

/** A socket beside the lock; where its path would be too long, in a new folder for temporary files. */
function addressIn(folder: string): string {
  if (process.platform === "win32") return `\\\\.\\pipe\\skills-graph-${randomUUID()}`;
  const beside = join(folder, "socket");
  if (Buffer.byteLength(beside) <= MAX_SOCKET_PATH) return beside;
  return join(mkdtempSync(join(tmpdir(), "skills-graph-")), "socket");
}

function isTemporary(address: string, folder: string): boolean {
  return process.platform !== "win32" && dirname(address) !== folder;
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(address, () => {
      server.off("error", reject);
      // Such as too many open files, when a client comes: the next one may have more luck.
      server.on("error", () => {});
      resolve();
    });
  });
}

/** The first line that a client sends. Rejects when it leaves before, takes too long or says too much. */
function requestLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, REQUEST_TIMEOUT_MS);
    let text = "";
    const read = (chunk: string) => {
      const end = chunk.indexOf("\n");
      text += end === -1 ? chunk : chunk.slice(0, end);
      if (text.length > MAX_REQUEST_LENGTH) return reject();
      if (end === -1) return;
      clearTimeout(timer);
      // What it says afterwards is not listened to.
      socket.off("data", read).resume();
      resolve(text);
    };
    socket.setEncoding("utf8").on("data", read);
    socket.once("close", () => {
      clearTimeout(timer);
      reject();
    });
  });
}

/** Carries out a command and tells its client all that it prints and how it ends. Never rejects. */
async function carryOut(store: Store, line: string, socket: Socket): Promise<void> {
  const stdout = printerTo(socket, 1);
  const stderr = printerTo(socket, 2);
  let fault: string | null = null;
  try {
    await runRequest(store, line, { stdout, stderr });
  } catch (error) {
    fault = describeFault(error);
  }
  await Promise.all([ended(stdout), ended(stderr)]);
  socket.end(lineOf([0, fault]));
}

async function runRequest(store: Store, line: string, terminal: Omit<Terminal, "folder">): Promise<void> {
  const { command, args, folder, version } = requestIn(line);
  if (version !== VERSION)
    throw new CommandFault(
      `the server that holds the data folder is of version ${VERSION}, this is version ${version}: start the server again`,
    );
  if (!isStoreCommand(command))
    throw new CommandFault(
      `expected one of ${Object.keys(STORE_COMMANDS).join(", ")} for the server, got ${command}`,
    );
  const { run } = await STORE_COMMANDS[command]();
  await run(store, args, { ...terminal, folder });
}

function requestIn(line: string) {
  try {
    return commandRequest.parse(JSON.parse(line));
  } catch {
    throw new CommandFault("expected a command as this program sends it: is it of another version?");
  }
}

/** A stream whose text a client prints. It ends when the client leaves. */
function printerTo(socket: Socket, stream: 1 | 2): Writable {
  const frameOf = (chunk: string | Buffer): CommandFrame =>
    typeof chunk === "string" ? [stream, chunk, "utf8"] : [stream, chunk.toString("base64"), "base64"];
  const printer = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => socket.write(lineOf(frameOf(chunk)), done),
    writev: (chunks, done) => socket.write(chunks.map(({ chunk }) => lineOf(frameOf(chunk))).join(""), done),
  });
  printer.on("error", () => {});
  const leave = () => printer.destroy();
  socket.once("close", leave);
  printer.once("close", () => socket.off("close", leave));
  return printer;
}

function ended(printer: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (printer.closed) return resolve();
    printer.once("close", resolve);
    printer.end();
  });
}
