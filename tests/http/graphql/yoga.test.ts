import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, it, vi } from "vitest";
import { lazyHandler } from "../../../src/http/graphql/yoga.ts";

const request = new IncomingMessage(new Socket());
const response = new ServerResponse(request);

it("makes its handler once, when it is needed or told to", async () => {
  const handler = vi.fn(() => "answer");
  const make = vi.fn(async () => handler);
  const lazy = lazyHandler(make);
  expect(make).not.toHaveBeenCalled();
  lazy.load();
  expect(await Promise.all([lazy.handle(request, response), lazy.handle(request, response)])).toEqual([
    "answer",
    "answer",
  ]);
  expect(make).toHaveBeenCalledOnce();
  expect(handler).toHaveBeenCalledWith(request, response);
});

it("tries again after it could not be made", async () => {
  const make = vi.fn(async () => () => "answer").mockRejectedValueOnce(new Error("not there"));
  const lazy = lazyHandler(make);
  lazy.load();
  await expect(lazy.handle(request, response)).rejects.toThrow("not there");
  expect(await lazy.handle(request, response)).toBe("answer");
});
