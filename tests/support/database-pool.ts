import { shippedTemplate } from "../../src/seeding/shipped-template.ts";
import { type Database, IN_MEMORY, openEmbedded } from "../../src/store/database/clients.ts";
import { emptyTemplate } from "../../src/store/database/templates.ts";
import { Prisma } from "../../src/store/generated/client/client.ts";
import { openStoreOn, type Store, type StoreOptions } from "../../src/store/store.ts";

export type OpenOptions = Pick<StoreOptions, "onQuery" | "log">;

/**
 * Databases that stay open between tests: opening one takes half a second, bringing one back to its first state
 * some milliseconds. The files that a worker runs share them.
 */
export class DatabasePool {
  readonly #free: { readonly database: Database; readonly listener: { onQuery: OpenOptions["onQuery"] } }[] =
    [];
  readonly #make: (onQuery: (sql: string) => void) => Promise<Database>;
  readonly #restore: (store: Store) => Promise<boolean>;

  /** `restore` brings a database back to what `make` gives, or returns that it cannot. */
  constructor(
    make: (onQuery: (sql: string) => void) => Promise<Database>,
    restore: (store: Store) => Promise<boolean>,
  ) {
    this.#make = make;
    this.#restore = restore;
  }

  /** A store on a database of its own, which goes back into the pool when the store is closed. */
  async open({ onQuery, log }: OpenOptions = {}): Promise<Store> {
    const entry = this.#free.pop() ?? (await this.#add());
    const { database, listener } = entry;
    listener.onQuery = onQuery;
    const store = await openStoreOn({ ...database, close: async () => {} }, log);
    let isOpen = true;
    return {
      ...store,
      close: async () => {
        if (!isOpen) return;
        isOpen = false;
        listener.onQuery = undefined;
        await store.close();
        if (await this.#restore(store)) this.#free.push(entry);
        else await database.close();
      },
    };
  }

  async #add() {
    const listener: { onQuery: OpenOptions["onQuery"] } = { onQuery: undefined };
    return { database: await this.#make((sql) => listener.onQuery?.(sql)), listener };
  }
}

const TABLES = Object.keys(Prisma.ModelName).map((name) => `"${name}"`);

/** Takes all rows out of a database. */
export async function truncate({ prisma }: Store): Promise<boolean> {
  await prisma.$executeRawUnsafe(`TRUNCATE ${TABLES.join(", ")}`);
  return true;
}

/** Opens a new embedded database in memory that has our tables and no rows. */
export async function openEmpty(onQuery?: (sql: string) => void): Promise<Database> {
  return openEmbedded(IN_MEMORY, { template: emptyTemplate, onQuery });
}

export const emptyDatabases = new DatabasePool(openEmpty, truncate);

/** Embedded databases in memory that hold the graph that is shipped. */
export const shippedDatabases = new DatabasePool(
  (onQuery) => openEmbedded(IN_MEMORY, { template: shippedTemplate, onQuery }),
  async (store) => {
    await store.refresh();
    return store.snapshot().revision === 1;
  },
);
