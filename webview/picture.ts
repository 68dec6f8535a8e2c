/** The drawing as a picture that stands alone: SVG with its colours written out, and PNG made of that. */
import type {Rectangle} from './viewport.ts';

const properties = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-family', 'font-size', 'font-weight', 'opacity', 'visibility', 'transform', 'text-anchor'];

export function toSvg(svg: SVGSVGElement, {x, y, width, height}: Rectangle): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = svg.querySelectorAll('*');
  copy.querySelectorAll('*').forEach((element, i) => {
    const style = getComputedStyle(originals[i]);
    for (const name of properties) {
      const value = style.getPropertyValue(name);
      if (name === 'transform') {
        if (element.classList.contains('node')) element.setAttribute('transform', new DOMMatrix(value).toString());
      } else if (value !== '' && value !== 'none' || name === 'fill') element.setAttribute(name, value);
    }
    element.removeAttribute('style');
    element.removeAttribute('tabindex');
  });
  copy.removeAttribute('id');
  copy.lastElementChild!.removeAttribute('transform');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `${x} ${y} ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
}

/** As base64, at twice the size of the drawing. */
export async function toPng(svg: SVGSVGElement, bounds: Rectangle): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(toSvg(svg, bounds))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = bounds.width * 2;
  canvas.height = bounds.height * 2;
  const context = canvas.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

/** Of a PNG in base64. */
export function toBlob(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], {type: 'image/png'});
}
