/**
 * The page that explains one gradient: formulas as MathML, the user's lines, and what each of them hands back. Text in, HTML
 * out; nothing on it runs, and nothing is loaded. Knows nothing of VS Code.
 */
import temml from 'temml';
import {commands} from '../protocol.ts';
import type {ExplainedGradient, ExplainedStep} from '../protocol.ts';

/** `nonce` lets the page have the style that stands in it. */
export function explanationPage(explained: ExplainedGradient, nonce: string): string {
  const {of, gradient, shape, pair, output, upstream, forward, backward, code, isOpen} = explained;
  const from = upstream === null ? `${inline(output)} is the loss itself, so the way back begins with 1` : `what comes in from above is ${inline(upstream)}, the gradient of ${inline(output)}`;
  const loops = forward.some(({count}) => count > 1);
  return page(`∂L/∂${of}`, nonce, `
<h1>${formula(`\\frac{\\partial L}{\\partial ${nameTex(of)}}`)}<span class="name">${text(gradient)}</span><span class="shape">${shapeText(shape)}</span></h1>
<p class="lead">How the gradient of ${inline(of)} in <b>${text(pair)}</b> comes about, from your own lines. L is the loss; ${from}.</p>
<h2>Forward, one operation at a time</h2>
<table>${forward.map(forwardRow).join('')}</table>
${notes([
    ...(forward.some(({name}) => /^t\d+$/.test(name)) ? ['t1, t2, … stand for values that your code gives no name.'] : []),
    ...(loops ? ['What stands in a loop is shown for one round; a name with _prev is the value of the round before.'] : []),
  ])}
<h2>Back, from ${inline(output)} to ${inline(of)}</h2>
${isOpen ? backward.map(backwardPart).join('') : `<p>The formulas of the way back are shown when ${inline(gradient)} is right: your teacher has set it so. What each operation does to a gradient is said when you point at it.</p>`}
${backward.length === 0 && isOpen ? `<p>${inline(of)} is the output: its gradient is what comes in.</p>` : ''}
${code === null ? '' : `<h2>The same, line by line</h2><pre>${code.backward.map(text).join('\n')}</pre>`}
<p class="never">Nowhere is a derivative of one array by another written out. Each step takes the gradient that comes in and hands on a gradient of the shape of its operand: a vector-Jacobian product.</p>`);
}

/** When there is nothing to explain. */
export function emptyPage(message: string, nonce: string): string {
  return page('Gradient', nonce, `<p>${text(message)}</p>`);
}

function page(title: string, nonce: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body><main>${body}</main></body>
</html>`;
}

function forwardRow(step: ExplainedStep): string {
  const line = step.site === null ? '' : link(step);
  return `<tr><td class="line">${line}</td><td>${formula(step.tex)}</td><td class="shape">${shapeText(step.shape)}</td></tr>`;
}

function link({site}: ExplainedStep): string {
  if (site === null) return '';
  const target = encodeURIComponent(JSON.stringify([site.uri, site.range.start]));
  return `<a href="command:${commands.showPlace}?${target}">line ${site.range.start.line + 1}</a>`;
}

function backwardPart({gradient, shape, tex, terms, remarks}: ExplainedGradient['backward'][number]): string {
  const one = terms.length === 1;
  const parts = terms.map(({from, code, carried, pattern, why, remarks: more}) => {
    const where = `${carried ? 'from the next round, ' : ''}through ${inline(from)}`;
    const written = code === null ? 'not written out here' : `<code>${text(code)}</code>`;
    return `<li>${one ? '' : `${where}: ${written}. `}<b>${text(pattern)}.</b> ${text(why)}${more.map((remark) => `<br>${text(remark)}`).join('')}</li>`;
  });
  const [only] = terms;
  const line = one && only.code !== null ? `<p class="code"><code>${text(only.code.startsWith('np.add.at') || only.code.includes('+=') ? only.code : `${gradient} = ${only.code}`)}</code></p>` : '';
  return `<section>
<div class="formula">${tex === null ? `<code>${text(gradient)}</code>` : formula(tex)}<span class="shape">${shapeText(shape)}</span></div>
${line}<ul>${parts.join('')}${remarks.map((remark) => `<li>${text(remark)}</li>`).join('')}</ul>
</section>`;
}

function notes(sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `<p class="note">${sentences.map(text).join(' ')}</p>`;
}

/** Without the style attributes that a page with a strict policy may not have. */
export function formula(tex: string): string {
  return temml.renderToString(tex, {displayMode: true, throwOnError: false}).replace(/ style="[^"]*"/g, '');
}

function nameTex(name: string): string {
  return `\\mathit{${name.replace(/[_#%&$]/g, '\\$&').replace(/[\\^~{}]/g, (sign) => (sign === '\\' ? sign : ''))}}`;
}

function inline(name: string): string {
  return `<code>${text(name)}</code>`;
}

function shapeText(shape: readonly (string | number)[]): string {
  return shape.length === 0 ? 'one number' : text(`(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`);
}

function text(content: string): string {
  return content.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

const style = `
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); line-height: 1.5; }
main { max-width: 46em; margin: 0 auto; padding: 0.5em 1em 3em; }
h1 { display: flex; align-items: center; gap: 0.8em; font-weight: normal; margin: 0.4em 0; }
h1 .name { font-family: var(--vscode-editor-font-family); font-size: 0.8em; }
h2 { font-size: 1.15em; margin: 1.6em 0 0.4em; border-bottom: 1px solid var(--vscode-panel-border, #8884); padding-bottom: 0.2em; }
math { font-size: 1.15em; }
math[display="block"] { display: inline math; }
table { border-collapse: collapse; }
td { padding: 0.3em 1.2em 0.3em 0; vertical-align: middle; }
td.line { white-space: nowrap; }
a { color: var(--vscode-textLink-foreground); }
code, pre { font-family: var(--vscode-editor-font-family); font-size: var(--vscode-editor-font-size); color: var(--vscode-editor-foreground); background: none; }
pre { padding: 0.8em 1em; background: var(--vscode-textCodeBlock-background); overflow-x: auto; }
section { margin: 0.9em 0; padding: 0.5em 0.9em; border-left: 3px solid var(--vscode-textBlockQuote-border, #8888); }
section .formula { display: flex; align-items: center; gap: 1.5em; flex-wrap: wrap; }
section ul { margin: 0.3em 0; padding-left: 1.1em; }
.code { margin: 0.3em 0; }
.code code { background: var(--vscode-textCodeBlock-background); padding: 0.15em 0.5em; }
.shape, .note, .never { color: var(--vscode-descriptionForeground); }
.shape { font-family: var(--vscode-editor-font-family); font-size: 0.95em; }
.never { margin-top: 2em; }
`;
