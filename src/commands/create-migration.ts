import { createMigration } from "../store/database/create-migration.ts";

/** `npm run migration -- <name>`: writes the next migration from `schema.prisma` and says where. */
export async function createMigrationCommand(name: string): Promise<void> {
  const file = await createMigration(name);
  process.stdout.write(file === undefined ? "The migrations are up to date.\n" : `Wrote ${file}\n`);
}
