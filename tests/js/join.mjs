// Joins the modules as Python does (depth first from index.js), for the harness pages and the size test.
import fs from "node:fs";
import path from "node:path";

export const SOURCES = path.resolve(import.meta.dirname, "../../src/analogies/timeline/js");

export function joined(dir = SOURCES) {
  const done = new Set(), parts = [];
  const visit = name => {
    if (done.has(name)) return;
    done.add(name);
    const text = fs.readFileSync(path.join(dir, name), "utf8");
    for (const [, sibling] of text.matchAll(/^import \{[^}]*\} from "\.\/([\w-]+\.js)";$/gm)) visit(sibling);
    parts.push(text.replace(/^import .*;\n/gm, "").replace(/^export (?!default)/gm, "").replace(/^ *\/\/.*\n|^ +/gm, ""));
  };
  visit("index.js");
  return parts.join("\n");
}

if (process.argv[1] === import.meta.filename) process.stdout.write(joined());
