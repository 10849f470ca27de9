// Builds the page: node build.js OUTDIR. The same sources give the same bytes, whatever the machine and the day.

import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const web = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(web, "../gen/web"));

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await cp(join(web, "public"), out, { recursive: true });

const { metafile } = await build({
  absWorkingDir: web,
  entryPoints: { app: "src/main.js" },
  outdir: join(out, "assets"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",  // whole texts stand in LICENSES.txt
  metafile: true,
});
await build({
  absWorkingDir: web,
  entryPoints: { app: "src/styles/main.css" },
  outdir: join(out, "assets"),
  bundle: true,
  minify: true,
  charset: "utf8",
  external: ["/favicon.svg"],
});
await writeFile(join(out, "LICENSES.txt"), await licences(Object.keys(metafile.inputs)));

/** The licence texts of the packages that any of these source files came from. */
async function licences(inputs) {
  const names = new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean));
  const texts = ["What others wrote of the page in this directory, and under which terms.\n"];
  for (const name of [...names].sort()) {
    const root = join(web, "node_modules", name);
    const { version, license, homepage } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const text = await readFile(join(root, "LICENSE"), "utf8");
    texts.push(`${name} ${version} (${license})\n${homepage}\n\n${text.replace(/\r\n/g, "\n").trim()}\n`);
  }
  return texts.join(`\n${"=".repeat(78)}\n\n`);
}
