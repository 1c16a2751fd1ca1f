import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "../../../src/api/core/connection.ts";

test("a cursor is read back as it was written", () => {
  const text = fc.string({ unit: "grapheme" }).filter((value) => !value.includes("\0"));
  fc.assert(
    fc.property(text, text, fc.double({ noNaN: true, noDefaultInfinity: true }), (name, slug, hours) => {
      expect(decodeCursor(encodeCursor("NAME", { key: name, slug }), "NAME", "after")).toEqual({
        key: name,
        slug,
      });
      const place = decodeCursor(encodeCursor("HOURS", { key: hours, slug }), "HOURS", "after");
      expect(place).toEqual({ key: hours + 0, slug });
    }),
  );
});

test("whatever else comes is refused with its code, and never with another fault", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((json) => Buffer.from(json).toString("base64url")),
      ),
      (text) => {
        let code: unknown;
        try {
          decodeCursor(text, "NAME", "after");
        } catch (error) {
          code = (error as { extensions?: { code?: unknown } }).extensions?.code;
        }
        expect(code).toBe("BAD_USER_INPUT");
      },
    ),
  );
});
