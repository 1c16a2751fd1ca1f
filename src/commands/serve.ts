import { main } from "../main.ts";

/** `serve`: the same as `npm start`. */
export function serveCommand(): Promise<void> {
  return main();
}
