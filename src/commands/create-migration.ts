import { IN_MEMORY, openEmbedded } from "../store/database/clients.ts";
import { createMigration } from "../store/database/create-migration.ts";

/** `npm run migration -- <name>`: writes the next migration from `schema.prisma` and says where. */
export async function createMigrationCommand(name: string): Promise<void> {
  const empty = await openEmbedded(IN_MEMORY);
  try {
    const file = await createMigration(empty, name);
    process.stdout.write(file === undefined ? "The migrations are up to date.\n" : `Wrote ${file}\n`);
  } finally {
    await empty.close();
  }
}
