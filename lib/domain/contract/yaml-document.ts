import { LineCounter, isNode, parseDocument, stringify } from "yaml";
import type { FieldPath } from "./issues.ts";

/** Larger documents are refused unread: a contract is a page or two. */
const LARGEST_DOCUMENT_BYTES = 256 * 1024;

interface YamlDocument {
  value: unknown;
  /** Line of the value at a path, or of the nearest one around it, from 1. */
  lineOf: (path: FieldPath) => number | null;
}

export type YamlReading =
  { ok: true; document: YamlDocument } | { ok: false; errors: { message: string; line: number | null }[] };

/** Reads YAML 1.2 (of which JSON is a part) without tags of its own, duplicate keys or alias bombs. */
export function readYaml(text: string): YamlReading {
  if (text.length > LARGEST_DOCUMENT_BYTES) {
    return { ok: false, errors: [{ message: "The document is larger than 256 KiB", line: null }] };
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, schema: "core", uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      ok: false,
      errors: document.errors.map((error) => ({ message: error.message, line: lines.linePos(error.pos[0]).line })),
    };
  }
  const lineOf = (path: FieldPath): number | null => {
    for (let depth = path.length; depth >= 0; depth -= 1) {
      const node: unknown = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return null;
  };
  try {
    return { ok: true, document: { value: document.toJS({ maxAliasCount: 100 }), lineOf } };
  } catch (error) {
    return { ok: false, errors: [{ message: error instanceof Error ? error.message : String(error), line: null }] };
  }
}

/** YAML as we write it: two spaces, no line folding, every value readable back as it was. */
export function writeYaml(value: unknown): string {
  return stringify(value, { lineWidth: 0, indent: 2, aliasDuplicateObjects: false });
}
