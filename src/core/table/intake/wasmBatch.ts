import { BATCH_ROWS } from '../../json/scannerLayout';
import { type Codes, ID_FIELDS, newCodes } from '../columns';
import { COLUMNS, type RowChunk } from './columns';
import type { ScannerExports } from './scannerModule';

/** Takes the rows of the batch out of the module, each column as narrow as its dictionary is now. */
export function takeBatch(module: ScannerExports, reading: Uint32Array): RowChunk {
  const rowCount = module.rowCount.value;
  const { buffer } = module.memory;
  const chunk = inOneBuffer({
    rowCount,
    reading: reading.subarray(0, rowCount),
    offset: new Float64Array(buffer, module.offsets.value >>> 0, rowCount),
    length: new Uint32Array(buffer, module.lengths.value >>> 0, rowCount),
    time: new Float64Array(buffer, module.times.value >>> 0, rowCount),
    codes: Array.from({ length: COLUMNS }, (_, column) => takeCodes(module, column, rowCount)),
    ids: ID_FIELDS.map((_, id) => takeIds(module, id, rowCount)),
  });
  module.clearRows();
  return chunk;
}

function takeCodes(module: ScannerExports, column: number, rowCount: number): Codes {
  const start = (module.codes.value >>> 0) + column * BATCH_ROWS * 4;
  const codes = newCodes(rowCount, module.columnSize(column) + 1);
  codes.set(new Uint32Array(module.memory.buffer, start, rowCount));
  return codes;
}

function takeIds(module: ScannerExports, id: number, rowCount: number): RowChunk['ids'][number] {
  const { buffer } = module.memory;
  const words = Math.ceil(rowCount / 32);
  const present = new Uint32Array(buffer, (module.presentIds.value >>> 0) + id * (BATCH_ROWS / 8), words);
  const [count] = new Uint32Array(buffer, (module.idCounts.value >>> 0) + id * 4, 1);
  const start = (module.packedIds.value >>> 0) + id * BATCH_ROWS * 16;
  return { present, packed: new Uint8Array(buffer, start, count! * 16) };
}

/**
 * The arrays of a chunk in one piece of memory. So large a piece the allocator takes from the system by itself, and gives back as soon as the table
 * is made; of many small ones much would stay with the process.
 */
function inOneBuffer(chunk: RowChunk): RowChunk {
  const { reading, offset, length, time, codes, ids } = chunk;
  const arrays = [reading, offset, length, time, ...codes, ...ids.flatMap((each) => [each.present, each.packed])];
  const buffer = new ArrayBuffer(arrays.reduce((sum, { byteLength }) => sum + padded(byteLength), 0));
  let at = 0;
  const moved = <A extends Codes | Float64Array>(array: A): A => {
    const copy = new (array.constructor as new (buffer: ArrayBuffer, at: number, length: number) => A)(
      buffer,
      at,
      array.length,
    );
    copy.set(array);
    at += padded(array.byteLength);
    return copy;
  };
  return {
    ...{ rowCount: chunk.rowCount, reading: moved(reading), offset: moved(offset) },
    ...{ length: moved(length), time: moved(time), codes: codes.map(moved) },
    ids: ids.map(({ present, packed }) => ({ present: moved(present), packed: moved(packed) })),
  };
}

/** Arrays begin where the widest number may. */
function padded(bytes: number): number {
  return (bytes + 7) & ~7;
}
