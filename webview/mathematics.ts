/** The only file that knows the library that writes formulas: TeX to MathML elements. */
import temml from 'temml';

/** A formula as an element; the TeX itself when it cannot be read. */
export function mathematics(tex: string, isDisplayed = false): HTMLElement {
  const made = document.createElement('span');
  made.className = isDisplayed ? 'formula displayed' : 'formula';
  temml.render(tex, made, {displayMode: isDisplayed, throwOnError: false});
  return made;
}

/** A user's name in a formula: `x_1` for x1. */
export function nameTex(name: string): string {
  if (!/\w/.test(name)) return `\\text{(${name})}`;
  const [, letters, digits] = /^([A-Za-z]+)(\d*)$/.exec(name) ?? [null, null, ''];
  if (letters === null) return `\\mathit{${name.replace(/[^\w.[\]']/g, '').replaceAll('_', '\\_')}}`;
  return `${letters.length === 1 ? letters : `\\mathit{${letters}}`}${digits === '' ? '' : `_{${digits}}`}`;
}
