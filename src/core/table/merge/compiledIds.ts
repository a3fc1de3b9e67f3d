import type { Arrays } from '../arrays';
import type { IdColumn } from '../columns';
import { rowCountOf } from '../intake/columns';
import type { Order } from './compiledColumns';
import { popcount } from '../popcount';
import type { MergePart } from './flatRows';
import type { MergeMemory } from './mergeModule';
import { bitsFor, newSeed } from './sameEvents';

/** Rows that are gathered at a time, so that what comes out is copied while it is in the processor's cache. */
const BLOCK_ROWS = 8 * 1024;

/** Ids of all rows in memory. `places`: where the id of each row stands, or -1; 0 where each stands in its row's place. */
interface StagedIds {
  readonly ids: number;
  readonly places: number;
}

/** Ids of tables from the rows of parts, by compiled loops: exactly what `FlatRows` and `Gathering` make. */
export class CompiledIds {
  private readonly rowCount: number;

  /** `arrays`: where the columns go. */
  constructor(
    private readonly parts: readonly MergePart[],
    private readonly memory: MergeMemory,
    private readonly arrays: Arrays,
  ) {
    this.rowCount = rowCountOf(parts);
  }

  /** The ids of a field, of each of some tables. */
  ids(id: number, orders: readonly Order[]): Omit<IdColumn, 'exceptions'>[] {
    const { memory } = this;
    return memory.within(() => {
      const staged = this.stage(id);
      return orders.map((order) => memory.within(() => this.gather(order, staged)));
    });
  }

  /** Rows of the same event by the ids of a field, all of which are in the compact form; see `sameEvents`. `file`: of each row, if some are dropped. */
  same(id: number, file: Uint32Array | undefined): Uint32Array {
    const { memory, rowCount } = this;
    const { loops } = memory;
    return memory.within(() => {
      const { ids, places } = this.stage(id);
      const files = file === undefined ? 0 : memory.add(file);
      const hashes = memory.take(rowCount * 4);
      loops.hashIds(ids, places, files, hashes, rowCount, newSeed(), newSeed());
      // Few ids share a bit of so many by chance: those that do, and all that are the same, are sought in a table as small as they are few.
      const bits = bitsFor(rowCount * 16);
      const met = memory.takeZeros(2 ** (bits - 3));
      const suspects = memory.take((rowCount + 1) * 4);
      const suspectCount = loops.suspectIds(rowCount, met, bits, suspects);
      const fewerBits = bitsFor(suspectCount * 32);
      const among = memory.takeZeros(2 ** (fewerBits - 3));
      const rows = memory.take(rowCount * 4);
      const likely = loops.likelyIds(rowCount, suspects, suspectCount, among, fewerBits, rows);
      let tablePlaces = 16;
      while (tablePlaces < likely * 2) tablePlaces *= 2;
      const table = memory.takeZeros(tablePlaces * 4);
      const pairs = memory.take(likely * 8);
      const count = loops.samePairs(rows, likely, table, tablePlaces, pairs);
      return memory.view(Uint32Array, pairs, count * 2).slice();
    });
  }

  private stage(id: number): StagedIds {
    const { memory, rowCount } = this;
    const chunks = this.parts.flatMap(({ part }) => part.chunks);
    const bytes = chunks.reduce((sum, { ids }) => sum + ids[id]!.packed.length, 0);
    const ids = memory.take(bytes);
    const places = bytes === rowCount * 16 ? 0 : memory.take(rowCount * 4);
    const present = memory.take(chunks.reduce((most, chunk) => Math.max(most, chunk.ids[id]!.present.byteLength), 0));
    let at = ids;
    let row = 0;
    let count = 0;
    for (const chunk of chunks) {
      const { packed, present: bits } = chunk.ids[id]!;
      memory.put(at, packed);
      at += packed.length;
      if (places !== 0) {
        memory.put(present, bits);
        count = memory.loops.placeIds(present, chunk.rowCount, count, places + row * 4);
      }
      row += chunk.rowCount;
    }
    return { ids, places };
  }

  private gather(order: Order, { ids, places }: StagedIds): Omit<IdColumn, 'exceptions'> {
    const { memory, arrays } = this;
    const { loops } = memory;
    const words = Math.ceil(order.count / 32);
    const present = arrays.make(Uint32Array, words);
    const ranks = arrays.make(Uint32Array, words);
    const idCount = places === 0 ? order.count : loops.countIds(places, order.at, order.count);
    // As numbers of 4 bytes: the ids begin where others may read them as such.
    const made = arrays.make(Uint32Array, idCount * 4);
    const packed = new Uint8Array(made.buffer, made.byteOffset, made.byteLength);
    const block = memory.take(BLOCK_ROWS * 16);
    const bits = memory.take(BLOCK_ROWS / 8);
    let found = 0;
    for (let row = 0; row < order.count; row += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, order.count - row);
      const at = order.at + row * 4;
      let some = count;
      if (places === 0) loops.gatherIds(ids, at, count, block);
      else {
        some = loops.gatherSomeIds(ids, places, at, count, bits, block);
        present.set(memory.view(Uint32Array, bits, Math.ceil(count / 32)), row / 32);
      }
      packed.set(memory.view(Uint8Array, block, some * 16), found * 16);
      found += some;
    }
    if (places === 0) {
      present.fill(0xffffffff);
      if (order.count % 32 !== 0) present[words - 1] = 2 ** (order.count % 32) - 1;
    }
    for (let word = 1; word < words; word++) ranks[word] = ranks[word - 1]! + popcount(present[word - 1]!);
    return { present, ranks, packed };
  }
}
