import test from "node:test";
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { joined, SOURCES } from "./join.mjs";

const files = fs.readdirSync(SOURCES).filter(f => f.endsWith(".js")), read = f => fs.readFileSync(path.join(SOURCES, f), "utf8");

test("every module imports siblings by name on one line, and nothing else", () => {
  for (const f of files) for (const line of read(f).split("\n").filter(l => /^\s*import\b/.test(l))) assert.match(line, /^import \{[\w, ]+\} from "\.\/[\w-]+\.js";$/, f);
});

test("no two modules use the same name at the top, so they can be joined", async () => {
  const seen = new Map();
  for (const f of files) for (const [, name] of read(f).matchAll(/^(?:export )?(?:const|let|function|class) (\w+)/gm)) { assert.ok(!seen.has(name), `${name} in ${f} and ${seen.get(name)}`); seen.set(name, f); }
  const made = await import("data:text/javascript;base64," + Buffer.from(joined()).toString("base64"));
  assert.equal(typeof made.default.render, "function");
});

test("no module can end a script element, reaches for the network or writes HTML", () => {
  for (const f of files) assert.doesNotMatch(read(f), /<\/script|innerHTML|outerHTML\s*=|insertAdjacentHTML|document\.write|\bfetch\(|XMLHttpRequest|WebSocket|\beval\(/, f);
});

test("no text runs over a line, so the ends of lines are where the code is cut", () => {
  for (const f of files) for (const [i, line] of read(f).split("\n").entries()) assert.equal((line.match(/`/g) || []).length % 2, 0, `${f}:${i + 1}`);
});

test("modules are short enough to be read", () => {
  for (const f of files) assert.ok(read(f).split("\n").length <= 300, f);
});
