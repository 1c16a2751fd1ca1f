import { GraphQLError } from "graphql";
import { afterEach, expect, test } from "vitest";
import { Lateness } from "../../src/http/lateness.ts";

const lateness = new Lateness();
afterEach(() => lateness.stop());

test("new work is refused while the event loop is late again and again, and no longer", () => {
  for (let check = 0; check < 3; check++) lateness.look(1_000);
  lateness.check();
  lateness.look(1_000);
  let refused: unknown;
  try {
    lateness.check();
  } catch (error) {
    refused = error;
  }
  if (!(refused instanceof GraphQLError)) throw new Error("expected to be refused");
  expect(refused.extensions).toEqual({
    code: "TOO_BUSY",
    http: { status: 503, headers: { "retry-after": "5" } },
  });
  lateness.look(10);
  lateness.check();
});
