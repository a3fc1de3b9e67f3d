/** Browsers draw nothing beyond about 33 million px (Chromium) or 17 million (Firefox). */
export const MOST_PIXELS = 15_000_000;

export interface ScrollSize {
  readonly rows: number;
  /** Height of a row in px: all are as high. */
  readonly rowHeight: number;
  /** Height of what is seen of the rows, in px. */
  readonly viewHeight: number;
}

/**
 * Where a grid of any number of rows is scrolled to. The element that scrolls is never higher than {@link MOST_PIXELS}: where the rows are, a
 * pixel of the scroll bar stands for several of theirs, and the finer place is kept here.
 */
export class Scroller {
  private size: ScrollSize = { rows: 0, rowHeight: 1, viewHeight: 0 };
  /** Pixels of rows above what is seen. */
  top = 0;

  constructor(private readonly mostPixels = MOST_PIXELS) {}

  resize(size: ScrollSize): void {
    this.size = size;
    this.top = this.clamp(this.top);
  }

  /** Height of the rows, in px. */
  private get fullHeight(): number {
    return this.size.rows * this.size.rowHeight;
  }

  /** Height of the element that scrolls, in px. */
  get elementHeight(): number {
    return Math.min(this.fullHeight, this.mostPixels);
  }

  /** True when a pixel of the scroll bar stands for more than one of the rows. */
  get isScaled(): boolean {
    return this.fullHeight > this.mostPixels;
  }

  /** Where the scroll bar has to stand. */
  get scrollTop(): number {
    const most = this.fullHeight - this.size.viewHeight;
    return most <= 0 ? 0 : (this.top / most) * this.mostScrollTop;
  }

  /** Takes what the scroll bar says; a place that is ours already stays as fine as it is. Answers whether it has moved. */
  scrolledTo(scrollTop: number): boolean {
    if (Math.abs(scrollTop - this.scrollTop) < 1) return false;
    const most = this.mostScrollTop;
    this.top = most <= 0 ? 0 : this.clamp((scrollTop / most) * (this.fullHeight - this.size.viewHeight));
    return true;
  }

  /** Moves by pixels of rows, however long the scroll bar is. */
  scrollBy(pixels: number): void {
    this.top = this.clamp(this.top + pixels);
  }

  /** Moves as little as is needed for a row to be seen whole. */
  reveal(row: number): void {
    const { rowHeight, viewHeight } = this.size;
    const from = row * rowHeight;
    if (from < this.top) this.top = this.clamp(from);
    else if (from + rowHeight > this.top + viewHeight) this.top = this.clamp(from + rowHeight - viewHeight);
  }

  /** Puts a row a third below the top. */
  center(row: number): void {
    this.top = this.clamp(row * this.size.rowHeight - this.size.viewHeight / 3);
  }

  /** The rows that are seen, `[from, to)`, whole or in part. */
  get visible(): { readonly from: number; readonly to: number } {
    const { rows, rowHeight, viewHeight } = this.size;
    const from = Math.floor(this.top / rowHeight);
    return { from, to: Math.min(rows, Math.ceil((this.top + viewHeight) / rowHeight)) };
  }

  /** Rows that PageUp and PageDown go. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.size.viewHeight / this.size.rowHeight) - 1);
  }

  private get mostScrollTop(): number {
    return Math.max(0, this.elementHeight - this.size.viewHeight);
  }

  private clamp(top: number): number {
    return Math.min(Math.max(0, top), Math.max(0, this.fullHeight - this.size.viewHeight));
  }
}
