import { RecordView } from '../../events/recordView';
import { BATCH_ROWS, BATCH_STRIDE } from '../../json/scannerLayout';
import { type ProbedRule, type RuleProbe, ruleToken } from '../ruleProbe';
import { COLUMNS, NAME_COLUMN, SOURCE_COLUMN } from './columns';
import { type ProbedEvent, ProbedRows } from './probedRows';
import { VIEW_SLOTS } from './scanPlan';
import type { ScannerExports } from './scannerModule';
import { Screens } from './screens';
import type { WasmDictionaries } from './wasmDictionaries';

/** Views of the module's memory, good until it grows. */
interface Views {
  readonly bytes: Uint8Array;
  readonly words: Uint32Array;
  /** Of the rows of the batch. */
  readonly codes: Uint32Array;
  readonly offsets: Float64Array;
  readonly lengths: Uint32Array;
}

/** Asks rules about the records of a batch while they stand in the module's memory. */
export class WasmRules {
  private readonly rows: ProbedRows;
  private readonly screens: Screens;
  private views: Views | undefined;
  /** The spans of the record at hand: one array for all of them, for none is kept, and most records are asked about once. */
  private readonly spans = new Int32Array(VIEW_SLOTS.length * 2);

  constructor(
    private readonly module: ScannerExports,
    dictionaries: WasmDictionaries,
    rules: RuleProbe,
  ) {
    this.rows = new ProbedRows(
      rules,
      (code) => dictionaries.text(SOURCE_COLUMN, code),
      (code) => dictionaries.text(NAME_COLUMN, code),
      (source, name, event) => this.screens.addEvent(source, name, event.rules),
    );
    this.screens = new Screens(module, this.rows.anyEvent, this.rows.whenPresent);
  }

  /**
   * Tells the token of each row of the last scan whose record meets a rule. `shift` is what has to be added to a row's offset for the address of
   * its record.
   */
  ask(shift: number, met: (row: number, token: string) => void): void {
    const count = this.module.candidateCount.value;
    if (count === 0) return;
    const start = this.module.candidates.value >>> 2;
    const candidates = this.fresh().words.slice(start, start + count);
    for (const row of candidates) {
      const token = ruleToken(this.rulesMet(this.eventOf(row), row, shift));
      if (token !== undefined) met(row, token);
    }
  }

  private eventOf(row: number): ProbedEvent {
    const { codes } = this.fresh();
    return this.rows.eventOf(codes[SOURCE_COLUMN * BATCH_STRIDE + row]!, codes[NAME_COLUMN * BATCH_STRIDE + row]!);
  }

  private rulesMet({ rules, allRules }: ProbedEvent, row: number, shift: number): readonly ProbedRule[] {
    const { codes, offsets, lengths } = this.fresh();
    const isAskedAnyway = this.rows.whenPresent.some((column) => codes[column * BATCH_STRIDE + row] !== 0);
    const at = shift + offsets[row]!;
    const length = lengths[row]!;
    let view: RecordView | undefined;
    return (isAskedAnyway ? allRules : rules).filter((rule) => {
      if (!this.screens.mayMeet(rule, at, length)) return false;
      view ??= this.view(at, length);
      return rule.holds(view);
    });
  }

  /** The record, until the next one is looked at. */
  private view(at: number, length: number): RecordView {
    const spansAt = (this.module.findFields(at) >>> 0) / 4;
    const { bytes, words } = this.fresh();
    const { spans } = this;
    for (let slot = 0; slot < VIEW_SLOTS.length; slot++) {
      const start = words[spansAt + slot * 2]!;
      const place = VIEW_SLOTS[slot]! * 2;
      spans[place] = start === 0 ? -1 : start - at;
      spans[place + 1] = start === 0 ? -1 : words[spansAt + slot * 2 + 1]! - at;
    }
    return new RecordView(bytes.subarray(at, at + length), spans);
  }

  /** The module's memory moves when it grows. */
  private fresh(): Views {
    if (this.views === undefined || this.views.codes.length === 0) {
      const { buffer } = this.module.memory;
      this.views = {
        bytes: new Uint8Array(buffer),
        words: new Uint32Array(buffer),
        codes: new Uint32Array(buffer, this.module.codes.value >>> 0, COLUMNS * BATCH_STRIDE),
        offsets: new Float64Array(buffer, this.module.offsets.value >>> 0, BATCH_ROWS),
        lengths: new Uint32Array(buffer, this.module.lengths.value >>> 0, BATCH_ROWS),
      };
    }
    return this.views;
  }
}
