/**
 * The loops of merging over all rows and all entries of dictionaries, several times as fast as in TypeScript. Compiled with
 * AssemblyScript; see `scripts/lib/wasm.mjs`. Memory is the caller's: every address is given, and nothing stays between two columns.
 */
export { copyCodes, gatherCodes } from './codes';
export { beginEntries, copied, copyTokens, gatherExceptions, measureEntries, usedCount } from './entries';
export { countIds, gatherIds, gatherSomeIds, placeIds } from './ids';
export { gatherDoubles, gatherFiles, gatherOffsets, gatherWords, filesOf } from './places';
export {
  byFile,
  firstTime,
  inSeconds,
  lastTime,
  rangeEnd,
  sortByDigit,
  timeBounds,
  timeKeys,
  unsortedFrom,
} from './rowOrder';
export { hashIds, likelyIds, samePairs, suspectIds } from './sameIds';

/** Where memory begins that the module does not use itself. */
export function firstAddress(): usize {
  return __heap_base;
}
