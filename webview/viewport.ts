/** Zoom and pan of the drawing: wheel, drag, keys, fit. Knows rectangles, not graphs. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Viewport {
  private x = 0;
  private y = 0;
  private scale = 1;
  /** The user has moved it: it is not fitted any more by itself. */
  private moved = false;

  constructor(private readonly svg: SVGSVGElement, private readonly world: SVGGElement) {
    svg.addEventListener('wheel', (event) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) this.zoom(Math.exp(-event.deltaY / 200), event.offsetX, event.offsetY);
      else this.pan(-event.deltaX, -event.deltaY);
    }, {passive: false});
    let from: {readonly x: number; readonly y: number} | null = null;
    svg.addEventListener('pointerdown', (event) => { if (event.button === 0) from = {x: event.clientX, y: event.clientY}; });
    window.addEventListener('pointermove', (event) => {
      if (from === null) return;
      this.pan(event.clientX - from.x, event.clientY - from.y);
      from = {x: event.clientX, y: event.clientY};
    });
    window.addEventListener('pointerup', () => { from = null; });
  }

  pan(dx: number, dy: number): void {
    if (dx === 0 && dy === 0) return;
    this.moved = true;
    this.x += dx;
    this.y += dy;
    this.apply();
  }

  /** Around a place of the page; around the middle when none is given. */
  zoom(factor: number, aroundX = this.svg.clientWidth / 2, aroundY = this.svg.clientHeight / 2): void {
    const scale = Math.max(0.05, Math.min(4, this.scale * factor));
    this.moved = true;
    this.x = aroundX - (aroundX - this.x) * scale / this.scale;
    this.y = aroundY - (aroundY - this.y) * scale / this.scale;
    this.scale = scale;
    this.apply();
  }

  /** Shows everything, no larger than it is drawn; text stays readable before everything is seen. */
  fit({x, y, width, height}: Rectangle): void {
    const {clientWidth, clientHeight} = this.svg;
    if (clientWidth === 0) return;
    this.scale = Math.max(0.7, Math.min(1.25, clientWidth / width, clientHeight / height));
    this.x = width * this.scale > clientWidth ? 8 - x * this.scale : (clientWidth - width * this.scale) / 2 - x * this.scale;
    this.y = height * this.scale > clientHeight ? 8 - y * this.scale : (clientHeight - height * this.scale) / 2 - y * this.scale;
    this.moved = false;
    this.apply();
  }

  /** After a new drawing: fits again unless the user has chosen a place to look at. */
  settle(bounds: Rectangle): void {
    if (!this.moved) this.fit(bounds);
  }

  /** Brings a rectangle of the drawing into view with as little movement as possible. */
  reveal({x, y, width, height}: Rectangle): void {
    const left = x * this.scale + this.x;
    const top = y * this.scale + this.y;
    const right = left + width * this.scale - this.svg.clientWidth;
    const bottom = top + height * this.scale - this.svg.clientHeight;
    this.pan(left < 0 ? -left : right > 0 ? -right : 0, top < 0 ? -top : bottom > 0 ? -bottom : 0);
  }

  private apply(): void {
    this.world.setAttribute('transform', `translate(${this.x} ${this.y}) scale(${this.scale})`);
  }
}
