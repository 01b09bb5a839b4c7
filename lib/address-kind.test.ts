import { expect, it } from "vitest";
import { addressKind } from "./address-kind.ts";

it.each([
  ["8.8.8.8", "public"],
  ["100.63.255.255", "public"],
  ["172.32.0.1", "public"],
  ["2606:4700::1111", "public"],
  ["127.0.0.1", "loopback"],
  ["127.9.9.9", "loopback"],
  ["::1", "loopback"],
  ["::ffff:127.0.0.1", "loopback"],
  ["::ffff:7f00:1", "loopback"],
  ["10.1.2.3", "private"],
  ["172.16.0.1", "private"],
  ["172.31.255.255", "private"],
  ["192.168.0.10", "private"],
  ["100.64.0.1", "private"],
  ["198.18.0.1", "private"],
  ["fd12:3456::1", "private"],
  ["::ffff:10.0.0.1", "private"],
  ["64:ff9b::a00:1", "private"],
  ["2002:c0a8:0101::1", "private"],
  ["0.0.0.0", "refused"],
  ["::", "refused"],
  ["169.254.169.254", "refused"],
  ["::ffff:169.254.169.254", "refused"],
  ["fd00:ec2::254", "refused"],
  ["fe80::1%eth0", "refused"],
  ["224.0.0.1", "refused"],
  ["255.255.255.255", "refused"],
  ["2001:db8::1", "refused"],
  ["ff02::1", "refused"],
  ["kafka.example.com", "refused"],
])("%s is %s", (address, kind) => {
  expect(addressKind(address)).toBe(kind);
});
