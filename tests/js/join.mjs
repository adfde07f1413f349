// The widget as the browser gets it: joined by the kit's own Python, for the tests here and the pages of benchmarks/timeline.
import path from "node:path";
import { fileURLToPath } from "node:url";
import { execFileSync } from "node:child_process";

export const SOURCES = fileURLToPath(new URL("../../src/analogies/timeline/js", import.meta.url));

// modules.py needs nothing but Python itself. PYTHON names it where `python3` does not.
export const joined = () => execFileSync(process.env.PYTHON || "python3", [path.join(SOURCES, "../modules.py")], { encoding: "utf8" });
