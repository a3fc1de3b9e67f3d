import { constants, createInflateRaw, type InflateRaw } from 'node:zlib';

const OUTPUT_CHUNK = 256 * 1024;
/** Packed bytes kept for a second pass over a damaged piece. CloudTrail's own files are a few MB at most. */
const MOST_HISTORY = 32 * 1024 * 1024;

export interface InflateStep {
  readonly output: readonly Uint8Array[];
  /** The deflate stream is complete; the last `left` bytes of the piece belong to what follows it. */
  readonly ended: boolean;
  readonly left: number;
  /** The data are damaged here; `output` has what could be saved. */
  readonly failed: boolean;
}

/**
 * One raw deflate stream (RFC 1951), inflated piece by piece. zlib gives nothing of the piece in which it meets damage, so then the stream is
 * inflated a second time and that piece fed in single bytes: all that comes before the damage is saved.
 */
export class Inflater {
  private readonly engine = new Engine();
  private history: Uint8Array[] | undefined = [];
  private historyBytes = 0;
  private emitted = 0;

  async write(piece: Uint8Array): Promise<InflateStep> {
    const step = await this.engine.write(piece);
    if (step.failed) return { ...step, output: await this.salvage(piece) };
    this.emitted += step.output.reduce((sum, chunk) => sum + chunk.length, 0);
    this.historyBytes += piece.length;
    if (this.historyBytes > MOST_HISTORY) this.history = undefined;
    this.history?.push(piece);
    return step;
  }

  /** At the end of the input: whether the stream was complete. All its output came out before. */
  async finish(): Promise<InflateStep> {
    // zlib tells that a stream has ended only when it leaves a byte over.
    const { ended } = await this.engine.write(new Uint8Array(1));
    return { output: [], ended, left: 0, failed: false };
  }

  close(): void {
    this.engine.close();
  }

  private async salvage(piece: Uint8Array): Promise<Uint8Array[]> {
    if (this.history === undefined) return [];
    const again = new Engine();
    const saved: Uint8Array[] = [];
    let skip = this.emitted;
    const keep = ({ output }: InflateStep): void => {
      for (const chunk of output) {
        if (chunk.length > skip) saved.push(chunk.subarray(skip));
        skip = Math.max(0, skip - chunk.length);
      }
    };
    for (const earlier of this.history) keep(await again.write(earlier));
    for (let at = 0; at < piece.length; at++) {
      const step = await again.write(piece.subarray(at, at + 1));
      keep(step);
      if (step.failed || step.ended) break;
    }
    again.close();
    return saved;
  }
}

/** Node's inflate stream, one write at a time. */
class Engine {
  private readonly stream: InflateRaw;
  private output: Uint8Array[] = [];
  private given = 0;
  private failed = false;
  private ended = false;
  private wake: () => void = () => undefined;

  constructor() {
    // Z_SYNC_FLUSH hands out all that a piece gives, so that nothing waits inside when the next one is damaged.
    const flush = constants.Z_SYNC_FLUSH;
    this.stream = createInflateRaw({ chunkSize: OUTPUT_CHUNK, flush, finishFlush: flush });
    this.stream.on('data', (chunk: Uint8Array) => this.output.push(chunk));
    this.stream.on('error', () => {
      this.failed = true;
      this.wake();
    });
    this.stream.on('end', () => {
      this.ended = true;
      this.wake();
    });
  }

  async write(piece: Uint8Array): Promise<InflateStep> {
    this.given += piece.length;
    if (!this.failed && !this.ended) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        this.stream.write(piece, () => resolve());
      });
    }
    const left = this.given - this.stream.bytesWritten;
    return { output: this.drain(), failed: this.failed, ended: !this.failed && (this.ended || left > 0), left };
  }

  close(): void {
    this.stream.destroy();
  }

  private drain(): Uint8Array[] {
    const { output } = this;
    this.output = [];
    return output;
  }
}
