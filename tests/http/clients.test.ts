import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { Clients } from "../../src/http/clients.ts";

function nameOf(proxies: readonly string[], remoteAddress: string, forwarded?: string): string {
  const headers = { "x-forwarded-for": forwarded };
  // Only these two are read.
  const request: Pick<IncomingMessage, "headers"> & { socket: { remoteAddress: string } } = {
    headers,
    socket: { remoteAddress },
  };
  return new Clients(proxies).nameOf(request as IncomingMessage);
}

test.each([
  ["the socket's", [], "192.0.2.1", undefined, "192.0.2.1"],
  ["whatever a client says, the socket's", [], "192.0.2.1", "203.0.113.9", "192.0.2.1"],
  ["the one that a trusted proxy adds", ["10.0.0.0/8"], "10.1.2.3", "203.0.113.9", "203.0.113.9"],
  ["not what the client wrote before", ["10.0.0.0/8"], "10.1.2.3", "8.8.8.8, 203.0.113.9", "203.0.113.9"],
  ["through two proxies", ["10.0.0.0/8"], "10.1.2.3", "8.8.8.8, 203.0.113.9, 10.9.9.9", "203.0.113.9"],
  ["the proxy's where it adds nothing sane", ["10.0.0.1"], "10.0.0.1", "unknown", "10.0.0.1"],
  ["the same of IPv4 written as IPv6", ["10.0.0.1"], "::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"],
  ["the network of IPv6", [], "2001:db8:1:2:3:4:5:6", undefined, "2001:db8:1:2::/64"],
  ["the same written short", [], "2001:db8::1", undefined, "2001:db8:0:0::/64"],
  ["the same behind a proxy", ["fd00::/8"], "fd00::1", "2001:DB8:1:2::9", "2001:db8:1:2::/64"],
])("a client's address is %s", (_what, proxies, remote, forwarded, name) => {
  expect(nameOf(proxies, remote, forwarded)).toBe(name);
});
