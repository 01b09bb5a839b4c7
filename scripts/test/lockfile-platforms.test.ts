import { describe, expect, it } from "vitest";
import { findMissingPlatforms, readLockfile } from "./lockfile-platforms.ts";

const lockfile = (...present: string[]) =>
  JSON.stringify({
    packages: {
      "": { version: "1.0.0" },
      "node_modules/swift": {
        version: "2.0.0",
        optionalDependencies: {
          "@swift/darwin-arm64": "2.0.0",
          "@swift/linux-x64-gnu": "2.0.0",
          "@swift/wasm": "2.0.0",
          "swift-win32-x64": "2.0.0",
        },
      },
      ...Object.fromEntries(present.map((name) => [`node_modules/${name}`, { version: "2.0.0" }])),
    },
  });

describe("findMissingPlatforms", () => {
  it("is content when every platform is there", () => {
    expect(findMissingPlatforms(lockfile("@swift/darwin-arm64", "@swift/linux-x64-gnu", "swift-win32-x64"))).toEqual(
      [],
    );
  });

  it("names what is missing, and by whom it is wanted", () => {
    expect(findMissingPlatforms(lockfile("@swift/linux-x64-gnu", "swift-win32-x64"))).toEqual([
      "package-lock.json lacks @swift/darwin-arm64 2.0.0, wanted by node_modules/swift 2.0.0",
    ]);
  });

  it("finds ours whole", () => {
    expect(findMissingPlatforms(readLockfile())).toEqual([]);
  });
});
