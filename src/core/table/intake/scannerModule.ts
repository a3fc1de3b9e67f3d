import type { PlanMemory } from './scanPlan';

/** An exported variable of the module. */
interface Cell {
  readonly value: number;
}

/** What the compiled scanner (`json/wasm/index.ts`) offers; addresses are in its memory. */
export interface ScannerExports extends PlanMemory {
  init(
    root: number,
    slots: number,
    slotCount: number,
    columns: number,
    ids: number,
    seedLow: number,
    seedHigh: number,
  ): void;
  reserveInput(bytes: number): number;
  reservePacked(bytes: number): number;
  inflate(from: number, to: number, most: number): number;
  begin(): void;
  mayEnd(): number;
  scan(from: number, to: number, base: number, atEnd: number): number;
  intern(column: number, spelling: number, token: number, length: number): number;
  addRow(offset: number, length: number, time: number): number;
  setId(id: number, token: number, length: number): number;
  findFields(record: number): number;
  holdsAnchors(at: number, length: number, anchor: number): number;
  initScreens(source: number, name: number, rules: number, columns: number, count: number): void;
  setEvents(table: number, names: number): void;
  narrowCodes(column: number, bytes: number): number;
  clearRows(): void;
  columnSize(column: number): number;
  entryBlocks(): number;
  readonly candidates: Cell;
  readonly candidateCount: Cell;
  readonly packedEnd: Cell;
  readonly consumed: Cell;
  readonly recordStart: Cell;
  readonly rowCount: Cell;
  readonly heldBytes: Cell;
  readonly codes: Cell;
  readonly times: Cell;
  readonly offsets: Cell;
  readonly lengths: Cell;
  readonly packedIds: Cell;
  readonly presentIds: Cell;
  readonly idCounts: Cell;
}
