import { BATCH_ROWS } from '../../json/scannerLayout';
import { type ArrayType, type Arrays, copied } from '../arrays';
import { type Codes, ID_FIELDS, newCodes } from '../columns';
import { COLUMNS, type RowChunk } from './columns';
import type { ScannerExports } from './scannerModule';

/** Takes the rows of the batch out of the module into `arrays`, each column as narrow as its dictionary is now. */
export function takeBatch(module: ScannerExports, reading: Uint32Array, arrays: Arrays): RowChunk {
  const rowCount = module.rowCount.value;
  const { buffer } = module.memory;
  const chunk = {
    rowCount,
    reading: copied(arrays, reading.subarray(0, rowCount)),
    offset: copied(arrays, new Float64Array(buffer, module.offsets.value >>> 0, rowCount)),
    length: copied(arrays, new Uint32Array(buffer, module.lengths.value >>> 0, rowCount)),
    time: copied(arrays, new Float64Array(buffer, module.times.value >>> 0, rowCount)),
    codes: Array.from({ length: COLUMNS }, (_, column) => takeCodes(module, column, rowCount, arrays)),
    ids: ID_FIELDS.map((_, id) => takeIds(module, id, rowCount, arrays)),
  };
  module.clearRows();
  return chunk;
}

function takeCodes(module: ScannerExports, column: number, rowCount: number, arrays: Arrays): Codes {
  const codes = newCodes(rowCount, module.columnSize(column) + 1, arrays);
  const start = module.narrowCodes(column, codes.BYTES_PER_ELEMENT) >>> 0;
  const type = codes.constructor as ArrayType<Codes>;
  codes.set(new type(module.memory.buffer, start, rowCount));
  return codes;
}

function takeIds(module: ScannerExports, id: number, rowCount: number, arrays: Arrays): RowChunk['ids'][number] {
  const { buffer } = module.memory;
  const words = Math.ceil(rowCount / 32);
  const present = new Uint32Array(buffer, (module.presentIds.value >>> 0) + id * (BATCH_ROWS / 8), words);
  const [count] = new Uint32Array(buffer, (module.idCounts.value >>> 0) + id * 4, 1);
  const start = (module.packedIds.value >>> 0) + id * BATCH_ROWS * 16;
  return { present: copied(arrays, present), packed: copied(arrays, new Uint8Array(buffer, start, count! * 16)) };
}
