import { type Attack, faultsOf, probe } from "../http/attacks/attack.ts";
import { ATTACKS } from "../http/attacks/attacks.ts";
import { TOKEN } from "../http/attacks/values.ts";
import { type Spawned, spawnServer } from "./load.ts";
import type { Row } from "./report.ts";

/** How long one attack may take: a server that has no answer by then is hurt. */
const LIMIT_MS = 10_000;

/**
 * How many of the attacks of `tests/http/attacks/` are repelled: by this server, and by graphql-yoga as it comes over the
 * same schema, which shows that they bite. A server that does not answer an ordinary question afterwards is started anew.
 */
export async function benchAttacks(): Promise<Row[]> {
  return [
    await rowOf("attacks repelled", "ours.ts", { atLeast: ATTACKS.length, aim: ATTACKS.length }),
    await rowOf("the same by graphql-yoga as it comes", "yoga.ts"),
  ];
}

async function rowOf(what: string, file: string, goal?: Row["goal"]): Promise<Row> {
  const failed: string[] = [];
  let hurt = 0;
  let server = await spawnServer(file, { API_TOKEN: TOKEN });
  for (const attack of ATTACKS) {
    const { faults, isHurt } = await tried(attack, server);
    if (faults.length > 0) failed.push(attack.what);
    if (!isHurt) continue;
    hurt++;
    await server.stop();
    server = await spawnServer(file, { API_TOKEN: TOKEN });
  }
  await server.stop();
  const listed = failed.slice(0, 5).join("; ");
  return {
    what,
    figure: ATTACKS.length - failed.length,
    unit: `of ${ATTACKS.length}`,
    ...(goal !== undefined && { goal }),
    note: `${hurt} left it unable to answer${failed.length > 0 ? `; not: ${listed}${failed.length > 5 ? " …" : ""}` : ""}`,
  };
}

async function tried(attack: Attack, { url }: Spawned) {
  const origin = new URL(url).origin;
  const answer = await Promise.race([
    attack.send(origin),
    new Promise<undefined>((resolve) => setTimeout(resolve, LIMIT_MS, undefined)),
  ]);
  const after = await probe(origin);
  const faults = answer === undefined ? ["no answer"] : faultsOf(attack, answer);
  return { faults: [...faults, ...after], isHurt: after.length > 0 };
}
