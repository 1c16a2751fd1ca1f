import { LRUCache } from "lru-cache";
import { MAX_REGISTERED_BYTES_OF_CLIENT, MAX_REGISTERED_OPERATIONS_BYTES } from "../limits.ts";

interface Registered {
  readonly text: string;
  readonly client: string;
}

/** How much of the operations is one client's. */
interface Share {
  /** In the order in which it registered them. */
  readonly ids: Set<string>;
  bytes: number;
}

/**
 * Operations that clients have registered, by id. Of one client's, the oldest are forgotten first when it has too many;
 * of all clients', the least recently used.
 */
export class RegisteredOperations {
  readonly #shares = new Map<string, Share>();
  readonly #operations = new LRUCache<string, Registered>({
    maxSize: MAX_REGISTERED_OPERATIONS_BYTES,
    sizeCalculation: sizeOf,
    dispose: (operation, id) => this.#forgotten(operation, id),
  });

  get(id: string): string | undefined {
    return this.#operations.get(id)?.text;
  }

  /** What is registered already stays its first client's. */
  set(client: string, id: string, text: string): void {
    if (this.#operations.has(id)) return;
    const operation = { text, client };
    this.#operations.set(id, operation);
    const share = this.#shares.get(client) ?? { ids: new Set(), bytes: 0 };
    this.#shares.set(client, share);
    share.ids.add(id);
    share.bytes += sizeOf(operation, id);
    for (const oldest of share.ids) {
      if (share.bytes <= MAX_REGISTERED_BYTES_OF_CLIENT) break;
      this.#operations.delete(oldest);
    }
  }

  #forgotten(operation: Registered, id: string): void {
    const share = this.#shares.get(operation.client);
    if (share === undefined) return;
    share.ids.delete(id);
    share.bytes -= sizeOf(operation, id);
    if (share.ids.size === 0) this.#shares.delete(operation.client);
  }
}

function sizeOf({ text }: Registered, id: string): number {
  return 2 * (text.length + id.length);
}
