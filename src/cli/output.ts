import { once } from 'node:events';

/** How large the text waiting to be written grows before a write is worth its call. */
const ENOUGH = 64 * 1024;

/**
 * Standard output with a buffer and back pressure. A reader that goes away (`| head`) ends the program quietly, as tools in a pipe should.
 */
export class Output {
  private waiting: (string | Uint8Array)[] = [];
  private size = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }

  line(text: string): void {
    this.write(`${text}\n`);
  }

  write(part: string | Uint8Array): void {
    this.waiting.push(part);
    this.size += part.length;
  }

  /** Writes what waits, if it is enough to be worth it, and waits for the reader. */
  async flush(force = false): Promise<void> {
    if (this.size === 0 || (!force && this.size < ENOUGH)) return;
    const bytes = Buffer.concat(this.waiting.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
    this.waiting = [];
    this.size = 0;
    if (!this.stream.write(bytes)) await once(this.stream, 'drain');
  }
}
