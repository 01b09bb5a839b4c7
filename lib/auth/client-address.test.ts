import { expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["1.1.1.1, 203.0.113.7", "203.0.113.7"],
  ["::ffff:127.0.0.1", "127.0.0.1"],
  ["2001:db8::1", "2001:db8::1"],
  ["x'; DROP TABLE", "unknown"],
  ["", "unknown"],
])("%j is %s", (header, address) => expect(clientAddress(new Headers({ "x-forwarded-for": header }))).toBe(address));

test("without the header it is not known", () => expect(clientAddress(new Headers())).toBe("unknown"));
