import { expect, test } from "vitest";
import { decodeGlobalId, encodeGlobalId } from "../../../src/api/core/global-id.ts";

test("an id is read back as it was written, and only so", () => {
  const id = encodeGlobalId("Skill", "a:b-ä");
  expect(decodeGlobalId(id)).toEqual({ type: "Skill", rest: "a:b-ä" });
  for (const wrong of [`${id} `, id.replace(/=*$/, "!"), "", "Skill:git", encodeGlobalId("Skill", "")])
    expect(decodeGlobalId(wrong)).toBeUndefined();
});
