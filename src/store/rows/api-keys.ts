import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PrismaClient } from "../generated/client/client.ts";
import type { ApiKeyModel } from "../generated/client/models.ts";

/** Keys of programs that may write: made, listed, taken back, and found by what a request brings. */

/** What is known of a key. */
export type ApiKey = Omit<ApiKeyModel, "hash">;

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** The public part, by which a key is found, and the secret. */
const KEY = /^sg_([0-9a-f]{16})_([\w-]{43})$/;

/** Whether a text has the form of a key. */
export function looksLikeKey(text: string): boolean {
  return KEY.test(text);
}

/** Makes a key, and returns it; nobody can read it later. `undefined` where there is or was one of the name. */
export async function createApiKey(prisma: PrismaClient, key: NewApiKey): Promise<string | undefined> {
  const id = randomBytes(8).toString("hex");
  const secret = randomBytes(32).toString("base64url");
  const row = { ...key, scopes: [...key.scopes], id, hash: digest(secret).toString("base64url") };
  const { count } = await prisma.apiKey.createMany({ data: [row], skipDuplicates: true });
  return count === 0 ? undefined : `sg_${id}_${secret}`;
}

/** All keys that were ever made, the oldest first. */
export function listApiKeys(prisma: PrismaClient): Promise<ApiKey[]> {
  return prisma.apiKey.findMany({ omit: { hash: true }, orderBy: [{ createdAt: "asc" }, { name: "asc" }] });
}

/** Takes a key back, from the next request on, whichever server that comes to. Whether there is one of the name. */
export async function revokeApiKey(prisma: PrismaClient, name: string): Promise<boolean> {
  await prisma.apiKey.updateMany({ where: { name, revokedAt: null }, data: { revokedAt: new Date() } });
  return (await prisma.apiKey.count({ where: { name } })) > 0;
}

/** The key that a text is, whether it is still good or not; `undefined` where it is none. One statement. */
export async function findApiKey(prisma: PrismaClient, text: string): Promise<ApiKey | undefined> {
  const [, id, secret] = KEY.exec(text) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await prisma.apiKey.findUnique({ where: { id } });
  if (row === null) return undefined;
  const { hash: kept, ...key } = row;
  return timingSafeEqual(digest(secret), Buffer.from(kept, "base64url")) ? key : undefined;
}

function digest(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}
