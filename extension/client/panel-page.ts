/** The HTML of the graph panel: nothing but its own script and style may be loaded. Knows nothing of VS Code. */

export interface PageParts {
  readonly script: string;
  readonly style: string;
  readonly nonce: string;
  readonly policy: string;
}

/** The controls add an empty style element before they share style sheets; it has this hash. */
const emptyStyle = '\'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\'';

/** Scripts by nonce only, styles and fonts of the extension only, pictures and the worker made by the page itself. */
export function contentPolicy(source: string, nonce: string): string {
  return [
    'default-src \'none\'', `script-src 'nonce-${nonce}'`, `style-src ${source} ${emptyStyle}`, `font-src ${source}`, 'img-src data:', 'worker-src blob:', 'base-uri \'none\'', 'form-action \'none\'',
  ].join('; ');
}

export function pageOf({script, style, nonce, policy}: PageParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Backprop Graph</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
