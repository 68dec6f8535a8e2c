/** Zoom and pan of the drawing: wheel, drag, fit. Moves once a frame however many events there are. Knows rectangles, not graphs. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Smaller than this nothing can be made out, and larger nothing is gained. */
const scales = {least: 0.2, most: 4};

/** Below this scale text is not drawn. */
const readable = 0.42;

export class Viewport {
  private x = 0;
  private y = 0;
  private scale = 1;
  /** The user has moved it: it is not fitted any more by itself. */
  private moved = false;
  private waiting = false;

  /** `onMove` is called after each movement, at most once a frame. */
  constructor(private readonly svg: SVGSVGElement, private readonly world: SVGGElement, private readonly onMove: () => void) {
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

  /** The part of the drawing that is seen. */
  visible(): Rectangle {
    return {x: -this.x / this.scale, y: -this.y / this.scale, width: this.svg.clientWidth / this.scale, height: this.svg.clientHeight / this.scale};
  }

  pan(dx: number, dy: number): void {
    if (dx === 0 && dy === 0) return;
    this.moved = true;
    this.x += dx;
    this.y += dy;
    this.later();
  }

  /** Around a place of the page; around the middle when none is given. */
  zoom(factor: number, aroundX = this.svg.clientWidth / 2, aroundY = this.svg.clientHeight / 2): void {
    const scale = Math.max(scales.least, Math.min(scales.most, this.scale * factor));
    this.moved = true;
    this.x = aroundX - (aroundX - this.x) * scale / this.scale;
    this.y = aroundY - (aroundY - this.y) * scale / this.scale;
    this.scale = scale;
    this.later();
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

  /** Another graph is shown: what the user looked at is gone. */
  forget(): void {
    this.moved = false;
  }

  /** Brings a rectangle of the drawing into view with as little movement as possible. */
  reveal({x, y, width, height}: Rectangle): void {
    const left = x * this.scale + this.x;
    const top = y * this.scale + this.y;
    const right = left + width * this.scale - this.svg.clientWidth;
    const bottom = top + height * this.scale - this.svg.clientHeight;
    this.pan(left < 0 ? -left : right > 0 ? -right : 0, top < 0 ? -top : bottom > 0 ? -bottom : 0);
  }

  private later(): void {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => {
      this.waiting = false;
      this.apply();
    });
  }

  private apply(): void {
    this.world.setAttribute('transform', `translate(${this.x} ${this.y}) scale(${this.scale})`);
    this.svg.classList.toggle('far', this.scale < readable);
    this.onMove();
  }
}
