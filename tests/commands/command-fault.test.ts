import { expect, test } from "vitest";
import { CommandFault, describeFault } from "../../src/commands/command-fault.ts";

test("a fault is told by its message, an expected error by its code too, a bug by its stack", () => {
  expect(describeFault(new CommandFault("expected a file"))).toBe("error: expected a file");
  expect(describeFault(Object.assign(new Error("taken"), { code: "EADDRINUSE" }))).toBe(
    "error: EADDRINUSE: taken",
  );
  expect(describeFault(new TypeError("no"))).toMatch(/^error: TypeError: no\n {4}at /);
  expect(describeFault({ errno: 51 })).toBe("error: { errno: 51 }");
});

test.each([
  ["of the system", Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" })],
  ["of the database", { meta: { driverAdapterError: { cause: { originalCode: "53100" } } } }],
  ["that another one hides", new Error("Raw query failed", { cause: new Error("No space left on device") })],
])("a full disk is called so, by an error %s", (_whose, error) => {
  expect(describeFault(error)).toMatch(/^error: DISK_FULL: .* Make room/);
});
