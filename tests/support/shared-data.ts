import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A file or folder of the data that nobody here wrote, beside the repository. */
export function sharedData(path: string): { readonly path: string; readonly absent: string | undefined } {
  const found = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  return {
    path: found,
    absent: existsSync(found) ? undefined : `${path} is not beside the repository (../shared/data)`,
  };
}
