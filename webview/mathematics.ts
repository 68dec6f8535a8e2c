/** The only file that knows the library that writes formulas: TeX to MathML elements. */
import temml from 'temml';

/** A formula as an element; the TeX itself when it cannot be read. */
export function mathematics(tex: string, isDisplayed = false): HTMLElement {
  const made = document.createElement('span');
  made.className = isDisplayed ? 'formula displayed' : 'formula';
  temml.render(tex, made, {displayMode: isDisplayed, throwOnError: false});
  return made;
}
