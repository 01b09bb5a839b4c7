import { BlockList, isIP } from "node:net";

/**
 * What an IP address is to someone who connects out: anyone's (`public`), this machine (`loopback`), a network of one's own
 * (`private`), or never a place to go (`refused`: unspecified, link-local with the cloud's metadata services, multicast, reserved).
 * Ranges from the IANA special-purpose registries.
 */
export type AddressKind = "public" | "loopback" | "private" | "refused";

type Range = readonly [network: string, prefix: number, kind: Exclude<AddressKind, "public">];

const RANGES: readonly Range[] = [
  ["0.0.0.0", 8, "refused"],
  ["10.0.0.0", 8, "private"],
  ["100.64.0.0", 10, "private"],
  ["127.0.0.0", 8, "loopback"],
  ["169.254.0.0", 16, "refused"],
  ["172.16.0.0", 12, "private"],
  ["192.0.0.0", 24, "refused"],
  ["192.0.2.0", 24, "refused"],
  ["192.88.99.0", 24, "refused"],
  ["192.168.0.0", 16, "private"],
  ["198.18.0.0", 15, "private"],
  ["198.51.100.0", 24, "refused"],
  ["203.0.113.0", 24, "refused"],
  ["224.0.0.0", 4, "refused"],
  ["240.0.0.0", 4, "refused"],
  ["::1", 128, "loopback"],
  ["::", 128, "refused"],
  ["100::", 64, "refused"],
  ["2001::", 23, "refused"],
  ["2001:db8::", 32, "refused"],
  ["3fff::", 20, "refused"],
  ["fc00::", 7, "private"],
  ["fd00:ec2::254", 128, "refused"],
  ["fe80::", 10, "refused"],
  ["fec0::", 10, "private"],
  ["ff00::", 8, "refused"],
];

const LISTS = { loopback: new BlockList(), private: new BlockList(), refused: new BlockList() };
for (const [network, prefix, kind] of RANGES) LISTS[kind].addSubnet(network, prefix, family(network));

/** Of an address in text, IPv4 or IPv6 without brackets. An IPv4 address inside an IPv6 one is judged as itself. */
export function addressKind(address: string): AddressKind {
  const inner = isIP(address) === 6 ? innerIpv4(address) : null;
  if (inner !== null) return addressKind(inner);
  if (isIP(address) === 0) return "refused";
  const bare = address.split("%")[0] ?? address;
  const kinds = ["refused", "loopback", "private"] as const;
  return kinds.find((kind) => LISTS[kind].check(bare, family(bare))) ?? "public";
}

function family(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

/** The IPv4 address that an IPv6 one stands for: mapped, compatible, NAT64 (64:ff9b::/96) or 6to4 (2002::/16). */
function innerIpv4(address: string): string | null {
  const words = ipv6Words(address.split("%")[0] ?? address);
  const [a, b, c, d, e, f, g = 0, h = 0] = words;
  const zeros = (...some: (number | undefined)[]) => some.every((word) => word === 0);
  if (zeros(a, b, c, d, e) && f === 0xffff) return dotted(g, h);
  if (zeros(a, b, c, d, e, f) && g > 0) return dotted(g, h);
  if (a === 0x64 && b === 0xff9b && zeros(c, d, e, f)) return dotted(g, h);
  if (a === 0x2002) return dotted(b ?? 0, c ?? 0);
  return null;
}

function ipv6Words(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].map((word) => Number.parseInt(word, 16));
}

function dotted(high: number, low: number): string {
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
