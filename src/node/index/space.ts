import type { ArrayType, Arrays, NumberArray } from '../../core/table/arrays';

/** A page of WebAssembly's memory, in bytes, and the most that one has. */
const PAGE = 64 * 1024;
const MOST_PAGES = 64 * 1024;
/** Arrays begin at multiples of this, in bytes: the widest number they hold. */
const UNIT = 8;
/** What a {@link GrowingSpace} takes first, in bytes, then twice that and so on, for address space is not endless; what is not used costs nothing. */
const FIRST_BLOCK = 32 * 1024 * 1024;
const LARGEST_BLOCK = 1024 * 1024 * 1024;

/**
 * Room for arrays that all threads see. The memory is WebAssembly's: the system gives it page by page when it is written to, and has all of it
 * back as soon as nobody holds it. Of ordinary arrays of a few MB much would stay with the process, for the allocator keeps what was freed.
 */
export class Space implements Arrays {
  /** How many units are taken: the first number of the buffer. */
  private readonly taken: Int32Array;

  /** `buffer`: that of another thread's space. */
  constructor(readonly buffer: ArrayBufferLike) {
    this.taken = new Int32Array(buffer, 0, 1);
  }

  /** Room for so many bytes, the arrays' alignment aside. */
  static of(bytes: number): Space {
    const pages = Math.min(Math.ceil((bytes + UNIT) / PAGE), MOST_PAGES);
    try {
      return new Space(new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer);
    } catch {
      // Address space may be limited, or WebAssembly switched off.
      return new Space(new SharedArrayBuffer(pages * PAGE));
    }
  }

  /** An array in this space, or with memory of its own when there is no room left. */
  make: Arrays['make'] = (type, length) => this.tryMake(type, length) ?? new type(length);

  /** As {@link make}, but undefined when there is no room left. */
  tryMake<A extends NumberArray>(type: ArrayType<A>, length: number): A | undefined {
    const units = Math.ceil((length * type.BYTES_PER_ELEMENT) / UNIT);
    const room = Math.floor(this.buffer.byteLength / UNIT) - 1;
    for (let taken = Atomics.load(this.taken, 0); taken + units <= room;) {
      const before = Atomics.compareExchange(this.taken, 0, taken, taken + units);
      if (before === taken) return new type(this.buffer, (1 + taken) * UNIT, length);
      taken = before;
    }
    return undefined;
  }
}

/** Room that grows as it is needed, for one thread to take from. */
export class GrowingSpace implements Arrays {
  private block: Space | undefined;
  private blockSize = FIRST_BLOCK / 2;

  make: Arrays['make'] = (type, length) => {
    const made = this.block?.tryMake(type, length);
    if (made !== undefined) return made;
    this.blockSize = Math.min(this.blockSize * 2, LARGEST_BLOCK);
    this.block = Space.of(Math.max(this.blockSize, length * type.BYTES_PER_ELEMENT));
    return this.block.make(type, length);
  };
}
