import { now, type Process, plan } from "./events.ts";
import { BUSY_MS, CALM_MS, type Faults, type Message } from "./faults.ts";
import type { Random } from "./random.ts";
import type { Database } from "./remote.ts";
import type { Server } from "./servers.ts";

/** What happens to servers and the database in one schedule, and not to messages. */

/** Messages at which somebody is killed. */
const FATAL: readonly Message[] = ["look", "log", "write", "commit"];
/** How often a kill waits for such a message: little else is harmed by it than what is under way. */
const AT_MESSAGE = 0.7;

export interface Victims {
  readonly world: Process;
  readonly servers: readonly Server[];
  readonly database: Database;
}

/** Plans them. `onKill` is told of each that is killed. */
export function planMishaps(
  random: Random,
  faults: Faults,
  { world, servers, database }: Victims,
  onKill: (name: string) => void,
): void {
  const sometimes = () => random.between(0, BUSY_MS);
  /** Kills that wait for a message. */
  const waiting = new Set<{ from: number; message: Message; kill: (sender: Process) => void }>();
  const planKill = (kill: (sender: Process | undefined) => void) => {
    const from = sometimes();
    if (random.chance(AT_MESSAGE)) waiting.add({ from, message: random.pick(FATAL), kill });
    else plan(world, from, () => kill(undefined));
  };
  database.onMessage = (message, sender) => {
    for (const each of waiting) {
      if (each.message !== message || now() < each.from) continue;
      waiting.delete(each);
      plan(world, 0, () => each.kill(sender));
    }
  };
  for (let nth = 0; nth < faults.serverKills; nth++)
    planKill((sender) => {
      const server = servers.find(({ process }) => process === sender) ?? random.pick(servers);
      onKill(server.name);
      server.kill();
    });
  for (let nth = 0; nth < faults.databaseKills; nth++)
    planKill(() => {
      onKill("the database");
      database.kill();
      plan(world, random.between(1, 50), () => database.start());
    });
  for (let nth = 0; nth < faults.freezes; nth++)
    plan(world, sometimes(), () => random.pick(servers).freeze(now() + random.between(1, 60)));
  for (let nth = 0; nth < faults.listenerLosses; nth++)
    plan(world, sometimes(), () => database.loseListeners());
  plan(world, CALM_MS, () => {
    waiting.clear();
    faults.end();
  });
}
