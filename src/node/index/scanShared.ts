const NEXT = 0;
const CANCELLED = 1;
/** Bytes before the workers' counters. */
const COUNTERS = 64;
const COUNTERS_OF_WORKER = 3;

/** Whether work is to end: it may be since that was looked at last. */
export function isAborted(signal: { readonly aborted: boolean } | undefined): boolean {
  return signal?.aborted === true;
}

/** What has been read so far. */
export interface ScanCounts {
  readonly files: number;
  /** Bytes on disk. */
  readonly bytes: number;
  readonly records: number;
}

/** Memory that the workers of one scan share: which file is next, whether to stop, and how far each of them is. */
export class ScanShared {
  private readonly flags: Int32Array;
  private readonly counters: Float64Array;

  constructor(readonly buffer: SharedArrayBuffer) {
    this.flags = new Int32Array(buffer, 0, 2);
    this.counters = new Float64Array(buffer, COUNTERS);
  }

  static forWorkers(workers: number): ScanShared {
    return new ScanShared(new SharedArrayBuffer(COUNTERS + workers * COUNTERS_OF_WORKER * 8));
  }

  /** The index of the next file; each is given out once. */
  take(): number {
    return Atomics.add(this.flags, NEXT, 1);
  }

  cancel(): void {
    Atomics.store(this.flags, CANCELLED, 1);
  }

  get aborted(): boolean {
    return Atomics.load(this.flags, CANCELLED) !== 0;
  }

  /** Each worker writes its own counters only. */
  count(worker: number, { files, bytes, records }: ScanCounts): void {
    this.counters.set([files, bytes, records], worker * COUNTERS_OF_WORKER);
  }

  total(): ScanCounts {
    const sums = [0, 0, 0];
    this.counters.forEach((each, i) => (sums[i % COUNTERS_OF_WORKER]! += each));
    const [files, bytes, records] = sums as [number, number, number];
    return { files, bytes, records };
  }
}
