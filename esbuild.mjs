/** Bundles what is shipped into dist/. `--watch` keeps doing so. */
import {build, context} from 'esbuild';
import {panelBundle} from './webview/bundle.mjs';

const common = {outdir: 'dist', bundle: true, minify: true, sourcemap: true, logLevel: 'warning'};
const node = {...common, platform: 'node', target: 'node20', format: 'cjs', outExtension: {'.js': '.cjs'}, sourcemap: false};
const browser = {...common, platform: 'browser', target: 'es2022', sourcemap: false};

const bundles = [
  {
    ...common,
    entryPoints: {cli: 'extension/cli/main.ts'},
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: {js: '#!/usr/bin/env node'},
  },
  // Node: the client in the editor's extension host, the server in a process of its own, the engine in a thread of that.
  {...node, entryPoints: {client: 'extension/client/node/main.ts'}, external: ['vscode']},
  {...node, entryPoints: {server: 'extension/server/node/main.ts', engine: 'extension/server/node/engine.ts'}},
  // The browser: the client in the extension host's worker, the server with the engine in another.
  {...browser, entryPoints: {'client.web': 'extension/client/browser/main.ts'}, format: 'cjs', external: ['vscode']},
  // The graph panel's page.
  {...browser, ...panelBundle},
  {...browser, entryPoints: {'server.web': 'extension/server/browser/main.ts'}, format: 'iife'},
];

for (const bundle of bundles) {
  if (process.argv.includes('--watch')) await (await context(bundle)).watch();
  else await build(bundle);
}
