import { statfsSync } from "node:fs";
import { MIN_FREE_BYTES, MIN_FREE_BYTES_PER_ENTITY } from "../limits.ts";

/**
 * Throws an error of the code `ENOSPC` where the disk of a folder has too little room to write so many entities to the
 * embedded database. Most disks that are full make a statement fail, and nothing more; but where its log cannot grow, the
 * embedded database never comes back, and what it runs in with it.
 */
export function checkRoom(folder: string, entities: number): void {
  const { bavail, bsize, blocks } = statfsSync(folder);
  // Some file systems do not say how large they are.
  if (blocks === 0) return;
  const wanted = MIN_FREE_BYTES + entities * MIN_FREE_BYTES_PER_ENTITY;
  if (bavail * bsize >= wanted) return;
  const message = `expected ${Math.ceil(wanted / 1e6)} MB of room on the disk of ${folder}, found ${Math.floor((bavail * bsize) / 1e6)}: nothing was written.`;
  throw Object.assign(new Error(message), { code: "ENOSPC" });
}
