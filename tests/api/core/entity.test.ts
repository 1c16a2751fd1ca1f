import { expect, test } from "vitest";
import { columnDescription, tableDescription } from "../../../src/api/core/entity.ts";
import { encodeGlobalId } from "../../../src/api/core/global-id.ts";
import {
  entityKey,
  OWNERS,
  type OwnerType,
  ownerHandle,
  ownerIndex,
  ownerOfId,
  ownerOfSlug,
  ownersIn,
  rowId,
  slugOf,
} from "../../../src/api/core/handle.ts";
import { buildPrerequisiteGraph } from "../../../src/graph/model/graph-builder.ts";
import type { GraphSnapshot, SnapshotTable } from "../../../src/store/snapshot/graph-snapshot.ts";
import { TextList } from "../../../src/store/snapshot/text-list.ts";

const table = (ids: readonly number[], ...slugs: readonly string[]): SnapshotTable => ({
  slugs: TextList.of(slugs),
  names: TextList.of(slugs.map((slug) => slug.toUpperCase())),
  ids: Int32Array.from(ids),
  former: new Map(),
  indexOf: new Map(slugs.map((slug, index) => [slug, index])),
});

/** Owners 0 to 6: git, http, sql | shop, todo | backend | path. Ids are no indices. */
const snapshot: GraphSnapshot = {
  revision: 1,
  graph: buildPrerequisiteGraph(
    3,
    Array.from({ length: 7 }, (_, owner) => ({ cost: owner, requirement: undefined })),
  ),
  skills: table([30, 10, 20], "git", "http", "sql"),
  projects: table([2, 1], "shop", "todo"),
  roles: table([5], "backend"),
  roadmaps: table([9], "path"),
  firstProject: 3,
  firstRole: 5,
  firstRoadmap: 6,
  outline: { wholes: new Map(), orderedRoadmaps: new Set(), support: new Map() },
};

test("each index of the graph has one owner, and each owner that index, slug and id", () => {
  const owners = Array.from({ length: 7 }, (_, index) => ownerHandle(snapshot, index));
  expect(owners.map((owner) => `${owner.__typename} ${slugOf(snapshot, owner)}`)).toEqual([
    "Skill git",
    "Skill http",
    "Skill sql",
    "Project shop",
    "Project todo",
    "Role backend",
    "Roadmap path",
  ]);
  for (const [index, owner] of owners.entries()) {
    expect(ownerIndex(snapshot, owner)).toBe(index);
    expect(ownerOfId(snapshot, owner.__typename, rowId(snapshot, owner))).toEqual(owner);
    expect(ownerOfSlug(snapshot, owner.__typename, slugOf(snapshot, owner))).toEqual(owner);
    expect(entityKey(owner)).toBe(owner.index);
  }
});

test("rows that are younger than the snapshot have no owner, and are left out of lists", () => {
  expect(ownerOfId(snapshot, "Skill", 31)).toBeUndefined();
  expect(ownerOfId(snapshot, "Skill", 11)).toBeUndefined();
  expect(ownerOfSlug(snapshot, "Role", "git")).toBeUndefined();
  const skills = ownersIn(snapshot, "Skill", "skillId", [{ skillId: 20 }, { skillId: 99 }, { skillId: 30 }]);
  expect(skills.map((skill) => slugOf(snapshot, skill))).toEqual(["sql", "git"]);
});

test("the kind of a type is its name in upper case", () => {
  for (const type of Object.keys(OWNERS) as OwnerType[]) expect(OWNERS[type].kind).toBe(type.toUpperCase());
});

test("what is no entity of the snapshot has no key, and ids name type and slug", () => {
  expect([{ index: 1 }, null, undefined, "Skill"].map(entityKey)).toEqual(Array(4).fill(undefined));
  expect(Buffer.from(encodeGlobalId("Document", "003"), "base64").toString()).toBe("Document:003");
});

test("descriptions come from the comments of the Prisma schema", () => {
  expect(tableDescription("Skill")).toBe("Something that can be learned.");
  expect(columnDescription("Skill", "kind")).toBe("What sort of thing it is.");
});

test("what has no comment, or does not exist, fails when the schema is built", () => {
  expect(() => tableDescription("Skil")).toThrow("expected the Prisma model Skil to have a /// comment");
  expect(() => columnDescription("Skill", "id")).toThrow("expected the Prisma column Skill.id");
});
