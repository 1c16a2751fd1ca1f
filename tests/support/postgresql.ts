import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { createDatabase } from "./postgresql-server.ts";

let url: Promise<string> | undefined;

/** The URL of the one PostgreSQL server of a test run, which starts when it is first asked for. */
function serverUrl(): Promise<string> {
  url ??= (async () => {
    const response = await fetch(inject("postgresql"));
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return answer;
  })();
  return url;
}

/** Makes a new database on the server, without tables or with those of our migrations, and returns its URL. */
export async function newPostgresqlDatabase(contents: "nothing" | "migrated"): Promise<string> {
  const template = contents === "migrated" ? "migrated" : undefined;
  return createDatabase(await serverUrl(), `test-${randomUUID()}`, template);
}
