import type { IncomingMessage } from "node:http";
import { BlockList, isIP, SocketAddress } from "node:net";

/** Tells clients apart, by their addresses alone. */
export class Clients {
  readonly #proxies = new BlockList();

  /** `proxies`: addresses and networks, such as 10.0.0.0/8, whose `X-Forwarded-For` is believed. */
  constructor(proxies: readonly string[] = []) {
    for (const entry of proxies) {
      const [address = "", prefix] = entry.split("/");
      const type = isIP(address) === 4 ? "ipv4" : "ipv6";
      if (prefix === undefined) this.#proxies.addAddress(address, type);
      else this.#proxies.addSubnet(address, Number(prefix), type);
    }
  }

  /**
   * Who sent a request: the address of the socket or, where that is a trusted proxy's, the last address in
   * `X-Forwarded-For` that is not. What a client itself writes there is before that, and not read. Of an address of
   * IPv6 the network, of which one client has all addresses.
   */
  nameOf(request: IncomingMessage): string {
    let address = plain(request.socket.remoteAddress ?? "");
    const forwarded = request.headers["x-forwarded-for"];
    if (forwarded !== undefined) {
      const hops = String(forwarded).split(",");
      while (this.#isProxy(address)) {
        const hop = plain(hops.pop()?.trim() ?? "");
        if (isIP(hop) === 0) break;
        address = hop;
      }
    }
    return isIP(address) === 6 ? networkOf(address) : address;
  }

  #isProxy(address: string): boolean {
    const version = isIP(address);
    return version !== 0 && this.#proxies.check(address, version === 4 ? "ipv4" : "ipv6");
  }
}

/** An address of IPv4 as itself where it is written as one of IPv6. */
function plain(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

/** The first 64 of the 128 bits of an address of IPv6. */
function networkOf(address: string): string {
  const canonical = new SocketAddress({ address: address.split("%", 1)[0]!, family: "ipv6" }).address;
  const [head = "", tail] = canonical.split("::").map((part) => part.split(":").filter(Boolean));
  const left = [...head];
  if (tail !== undefined) while (left.length + tail.length < 8) left.push("0");
  return `${[...left, ...(tail ?? [])].slice(0, 4).join(":")}::/64`;
}
