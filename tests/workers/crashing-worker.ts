import { parentPort } from "node:worker_threads";
import type { Asked, Said } from "../../src/workers/worker-thread.ts";

/** A worker that ends when it is asked for transitions, says nothing about paths and answers all else. */
const say = (said: Said) => parentPort?.postMessage(said);
parentPort?.on("message", ({ id, name }: Asked) => {
  if (name === "transitions") process.exit(3);
  if (name !== "learningPath") say({ id, answer: "survived", work: 0 });
});
say("ready");
