import { badInput } from "./bad-input.ts";

/** The types that `node` finds. */
const NODE_TYPES = ["Document", "Project", "Resource", "Roadmap", "Role", "Skill"] as const;
export type NodeType = (typeof NODE_TYPES)[number];

function isNodeType(name: string): name is NodeType {
  return NODE_TYPES.some((type) => type === name);
}

/**
 * The Relay id of an entity: its type and slug. Slugs, not row numbers, so that an id means the same in every
 * database the same files were imported into.
 */
export function encodeGlobalId(type: NodeType, slug: string): string {
  return Buffer.from(`${type}:${slug}`, "utf8").toString("base64");
}

/** The type and slug of a Relay id. Throws BAD_USER_INPUT on anything that `encodeGlobalId` does not make. */
export function decodeGlobalId(id: string, argument: string): { type: NodeType; slug: string } {
  const decoded = Buffer.from(id, "base64").toString("utf8");
  const colon = decoded.indexOf(":");
  const type = decoded.slice(0, Math.max(colon, 0));
  const slug = decoded.slice(colon + 1);
  if (!isNodeType(type) || slug === "" || encodeGlobalId(type, slug) !== id)
    throw badInput({ argument, expected: "an id that this server has given out", received: id });
  return { type, slug };
}
