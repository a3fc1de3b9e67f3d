const INTERVAL_MS = 100;
const TO_LINE_START = '\r\u001b[K';

/** One line that tells how far a long run is, on a terminal only. */
export class ProgressLine {
  private shownAt = 0;
  private isShown = false;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(text: string): void {
    if (!this.stream.isTTY) return;
    const now = performance.now();
    if (now - this.shownAt < INTERVAL_MS) return;
    this.shownAt = now;
    this.isShown = true;
    this.stream.write(TO_LINE_START + text);
  }

  clear(): void {
    if (this.isShown) this.stream.write(TO_LINE_START);
  }
}
