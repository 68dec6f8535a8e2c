/**
 * `npm run package`: builds, and makes backprop-tutor.vsix of what users need and nothing else.
 * It is packed from a folder of its own, with a manifest without what only contributors need.
 */
import {cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {install, run} from './install.mjs';

const staging = 'out/package';
const bundles = ['client.cjs', 'server.cjs', 'engine.cjs', 'client.web.js', 'server.web.js', 'webview.js', 'webview-style.css'];
const limit = 3_000_000;

install();
run(process.execPath, ['esbuild.mjs']);
rmSync(staging, {recursive: true, force: true});
mkdirSync(`${staging}/dist`, {recursive: true});
for (const file of bundles) cpSync(`dist/${file}`, `${staging}/dist/${file}`);
for (const path of ['media', 'docs/mistakes', 'examples/affine_wrong.py', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
  if (existsSync(path)) cpSync(path, `${staging}/${path}`, {recursive: true});
}
const {type, bin, scripts, devDependencies, private: isPrivate, ...manifest} = JSON.parse(readFileSync('package.json', 'utf8'));
manifest.engines = {vscode: manifest.engines.vscode};
writeFileSync(`${staging}/package.json`, JSON.stringify(manifest, null, 2));
const output = `${process.cwd()}/backprop-tutor.vsix`;
const vsce = `${process.cwd()}/node_modules/@vscode/vsce/vsce`;
process.chdir(staging);
run(process.execPath, [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--out', output]);
const {size} = statSync(output);
console.log(`${output}: ${(size / 1e6).toFixed(2)} MB`);
if (size > limit) {
  console.error(`That is more than ${limit / 1e6} MB.`);
  process.exit(1);
}
