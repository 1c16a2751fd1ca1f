import { expect, it } from "vitest";
import { describeOnBothDatabases } from "../support/databases.ts";

describeOnBothDatabases("an empty store", (open) => {
  it("is at revision 0 and has no skills", async () => {
    const store = await open();
    expect(store.snapshot()).toMatchObject({ revision: 0, graph: { skillCount: 0 } });
    await store.ping();
  });
});
