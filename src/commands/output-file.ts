import { lstat, open, realpath, rename, rm, stat } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { CommandFault } from "./command-fault.ts";

/**
 * Writes a file by writing to a stream. A file appears whole, in place of an old one and with its owner and mode; when
 * something fails, the old one stays. What is no file, such as a device or a pipe, is written to as it is. Links are
 * followed. Throws a `CommandFault` when it cannot be written.
 */
export async function writeOutput(path: string, write: (to: Writable) => Promise<void>): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const before = await stat(target).catch(() => undefined);
  // A link to nothing is no place for a file: what it points to is.
  const isPlace = before === undefined ? !(await lstat(target).catch(() => undefined)) : before.isFile();
  const draft = isPlace ? `${target}.${process.pid}.draft` : undefined;
  const file = await open(draft ?? target, draft === undefined ? "w" : "wx").catch(refuse(path));
  const stream = file.createWriteStream();
  const finish = finished(stream).catch(refuse(path));
  try {
    if (draft !== undefined && before !== undefined) {
      await file.chown(before.uid, before.gid).catch(() => {});
      await file.chmod(before.mode & 0o777).catch(() => {});
    }
    await Promise.race([write(stream), finish]);
    stream.end();
    await finish;
    if (draft !== undefined) await rename(draft, target);
  } catch (error) {
    stream.destroy();
    await finish.catch(() => {});
    if (draft !== undefined) await rm(draft, { force: true });
    throw error;
  }
}

function refuse(path: string): (error: NodeJS.ErrnoException) => never {
  return ({ code, message }) => {
    throw new CommandFault(`expected ${path} to be a file that can be written, got ${code ?? message}`);
  };
}
