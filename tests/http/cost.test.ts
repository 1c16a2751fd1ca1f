import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { answerInTurn } from "../../src/http/cost.ts";
import { Gate } from "../../src/http/gate.ts";

test("whoever has left while it waited is not answered, and pays for nothing", async () => {
  const gate = new Gate({ rateLimit: 10_000 });
  onTestFinished(() => gate.close());
  const cost = 8_000;
  const answer = vi.fn(() => "answer");
  const charged = async () => {
    const request = new IncomingMessage(new Socket());
    const work = new AbortController();
    return { request, work, cost, since: await gate.charge(request, cost) };
  };

  const left = await charged();
  left.work.abort(new Error("left"));
  expect(() => answerInTurn(gate, left, answer)).toThrow("left");
  expect(answer).not.toHaveBeenCalled();
  expect(await gate.left(left.request)).toMatchObject({ remaining: 10_000 });

  const stays = await charged();
  expect(await answerInTurn(gate, stays, answer)).toBe("answer");
  expect(await gate.left(stays.request)).toMatchObject({ remaining: 10_000 - cost });
});
