/** Bundles what is shipped into dist/. */
import {build} from 'esbuild';

await build({
  entryPoints: {cli: 'extension/cli/main.ts'},
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  minify: true,
  sourcemap: true,
  banner: {js: '#!/usr/bin/env node'},
  logLevel: 'warning',
});
