import { AskFault } from "../../explorer/site.ts";
import { MAX_PICTURE_EDGES, MAX_PICTURE_NODES } from "../../render/limits.ts";
import type { Layout, Picture } from "../../render/picture.ts";
import { type Asker, askLayout } from "../../workers/ask.ts";
import { TooBusyError } from "../../workers/worker-pool.ts";
import { NoWorkerError, WorkerEndedError } from "../../workers/worker-thread.ts";

const NARROWER = "Name fewer goals, say what is known, or ask for the picture of one skill with depth=1.";

/**
 * Places a picture in a worker. Throws an `AskFault` that says how to narrow what cannot be drawn: TOO_LARGE for more
 * than the limits allow or what takes too long, TOO_BUSY when others wait already.
 */
export async function placed(asker: Asker, picture: Picture): Promise<Layout> {
  const { nodes, edges } = picture;
  if (nodes.length > MAX_PICTURE_NODES || edges.length > MAX_PICTURE_EDGES)
    throw new AskFault(
      `Expected a picture of at most ${MAX_PICTURE_NODES} nodes and ${MAX_PICTURE_EDGES} edges, got ${nodes.length} and ${edges.length}. ${NARROWER}`,
      "TOO_LARGE",
    );
  try {
    return await askLayout(asker, picture);
  } catch (error) {
    if (error instanceof WorkerEndedError)
      throw new AskFault(`The picture takes too long to draw. ${NARROWER}`, "TOO_LARGE");
    if (error instanceof TooBusyError || error instanceof NoWorkerError)
      throw new AskFault("Too many pictures are being drawn: ask again a little later.", "TOO_BUSY");
    throw error;
  }
}
