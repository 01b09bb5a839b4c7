import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const FIXTURES = path.join(import.meta.dirname, "lint-fixtures");
const listFolders = (folder: string) => readdirSync(path.join(FIXTURES, folder)).sort();

const config = createRequire(import.meta.url)("../.dependency-cruiser.cjs") as {
  forbidden: (IForbiddenRuleType & { name: string })[];
  options: Record<string, unknown>;
};

describe("import rules", () => {
  it("each have a fixture", () => {
    expect(listFolders("imports")).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  it.each(listFolders("imports"))("%s rejects its fixture", async (name) => {
    const { exclude: _, tsConfig: __, ...options } = config.options;
    const baseDir = path.join(FIXTURES, "imports", name);
    const result = await cruise(["."], {
      ...options,
      baseDir,
      validate: true,
      ruleSet: { forbidden: config.forbidden },
    });
    const violations = (result.output as ICruiseResult).summary.violations;
    expect(violations.map((violation) => violation.rule.name)).toContain(name);
  });
});

describe("style rules", () => {
  const eslint = new ESLint({ ignore: false });

  it.each(listFolders("style"))("%s rejects every file of its fixture", { timeout: 60_000 }, async (folder) => {
    const results = await eslint.lintFiles([path.join(FIXTURES, "style", folder, "**/*.{ts,tsx}")]);
    expect(results.length).toBeGreaterThan(0);
    for (const { filePath, messages } of results) {
      expect(
        messages.map((message) => message.ruleId),
        filePath,
      ).toContain(folder.replace("__", "/"));
    }
  });
});
