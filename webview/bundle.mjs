/** How the graph panel's page is bundled: its script, with the worker in it as text, and its style. For builds and tests. */
import {resolve} from 'node:path';
import {build} from 'esbuild';

const workerText = {
  name: 'worker-text',
  setup({onResolve, onLoad}) {
    onResolve({filter: /\?worker$/}, ({path, resolveDir}) => ({path: resolve(resolveDir, path.replace(/\?worker$/, '')), namespace: 'worker-text'}));
    onLoad({filter: /.*/, namespace: 'worker-text'}, async ({path}) => {
      const {outputFiles} = await build({entryPoints: [path], bundle: true, minify: true, write: false, format: 'iife', platform: 'browser', target: 'es2022'});
      return {contents: outputFiles[0].text, loader: 'text', watchFiles: [path]};
    });
  },
};

export const panelBundle = {
  entryPoints: {webview: 'webview/main.ts', 'webview-style': 'webview/style.css'},
  bundle: true, minify: true, platform: 'browser', target: 'es2022', format: 'iife', plugins: [workerText],
};
