import {
  ANCHOR_COUNT,
  ANCHOR_NEXT,
  ANCHOR_SLOT,
  ANCHOR_TEXTS,
  EVENT_NEXT,
  EVENT_RULES,
  EVENT_SOURCE,
  PADDING,
  RULES_COUNT,
  RULES_SCREENS,
  TEXT_ADDRESS,
  TEXT_BYTES,
  TEXT_DIGITS,
  TEXT_LENGTH,
} from '../../json/scannerLayout';
import type { Anchor } from '../anchor';
import type { ProbedRule } from '../ruleProbe';
import { NAME_COLUMN, SOURCE_COLUMN } from './columns';
import { slotOfKey } from './scanPlan';
import type { ScannerExports } from './scannerModule';

/** Shorter texts are met everywhere. */
const SHORTEST = 2;

/**
 * The events of a name are looked through one by one. No name has so many sources but in a log that was made to slow us down; records of those beyond
 * are asked about.
 */
const MOST_SOURCES = 32;

/** What the scanner's module knows of rules, so that it tells the records that may meet one: see `json/wasm/screens.ts`. */
export class Screens {
  /** Addresses of the first anchors of rules. */
  private readonly anchors = new Map<ProbedRule, number>();
  /** By name code: the event it leads to first. */
  private table = 0;
  private room = 0;
  /** By name code: how many sources have events of the name. */
  private readonly sources: number[] = [];
  private names = 0;

  constructor(
    private readonly module: ScannerExports,
    anyEvent: readonly ProbedRule[],
    whenPresent: readonly number[],
  ) {
    const columns = this.write(Uint32Array.from(whenPresent));
    const rules = this.rules(anyEvent, 0);
    module.initScreens(SOURCE_COLUMN, NAME_COLUMN, rules, columns, whenPresent.length);
  }

  /** Tells which rules are about the event with these codes; once for each event. */
  addEvent(source: number, name: number, rules: readonly ProbedRule[]): void {
    const sources = (this.sources[name] ?? 0) + 1;
    this.sources[name] = sources;
    if (sources > MOST_SOURCES) {
      // Memory may move as they are written; it must not while a record is looked at.
      for (const rule of rules) this.anchorOf(rule);
      return;
    }
    this.reach(name);
    const event = this.rules(rules, EVENT_RULES);
    const data = this.data();
    data.setUint32(event + EVENT_SOURCE, source, true);
    data.setUint32(event + EVENT_NEXT, data.getUint32(this.table + name * 4, true), true);
    data.setUint32(this.table + name * 4, event, true);
  }

  /** Whether the record, `length` bytes at `at`, may meet the rule. */
  mayMeet(rule: ProbedRule, at: number, length: number): boolean {
    return this.module.holdsAnchors(at, length, this.anchorOf(rule)) !== 0;
  }

  /** Makes the table of events reach up to a name code. */
  private reach(name: number): void {
    if (name < this.names) return;
    if (name >= this.room) {
      this.room = Math.max(1024, name * 2);
      const wider = this.module.allocate(this.room * 4) >>> 0;
      this.bytes().copyWithin(wider, this.table, this.table + this.names * 4);
      this.table = wider;
    }
    this.names = name + 1;
    this.module.setEvents(this.table, this.names);
  }

  /** Writes a list of rules, with so many bytes before it. */
  private rules(rules: readonly ProbedRule[], before: number): number {
    const anchors = rules.map((rule) => this.anchorOf(rule));
    const address = this.module.allocate(before + RULES_SCREENS + rules.length * 4) >>> 0;
    const data = this.data();
    data.setUint32(address + before + RULES_COUNT, rules.length, true);
    anchors.forEach((anchor, i) => data.setUint32(address + before + RULES_SCREENS + i * 4, anchor, true));
    return address;
  }

  private anchorOf(rule: ProbedRule): number {
    let address = this.anchors.get(rule);
    if (address === undefined) {
      address = rule.anchors.reduce((next, anchor) => this.writeAnchor(anchor, next), 0);
      this.anchors.set(rule, address);
    }
    return address;
  }

  private writeAnchor({ literals, escapes, digits, within }: Anchor, next: number): number {
    const texts = [...literals, ...escapes];
    if (texts.some(({ length }) => length < SHORTEST)) return next;
    const places = texts.map((text) => this.write(text));
    const address = this.module.allocate(ANCHOR_TEXTS + texts.length * TEXT_BYTES) >>> 0;
    const data = this.data();
    data.setUint32(address + ANCHOR_NEXT, next, true);
    data.setUint32(address + ANCHOR_SLOT, within === undefined ? 0 : slotOfKey(within) + 1, true);
    data.setUint32(address + ANCHOR_COUNT, texts.length, true);
    texts.forEach(({ length }, i) => {
      const text = address + ANCHOR_TEXTS + i * TEXT_BYTES;
      data.setUint32(text + TEXT_ADDRESS, places[i]!, true);
      data.setUint32(text + TEXT_LENGTH, length, true);
      data.setUint32(text + TEXT_DIGITS, i < literals.length ? digits : 0, true);
    });
    return address;
  }

  private write({ buffer, byteOffset, byteLength }: Uint8Array | Uint32Array): number {
    const address = this.module.allocate(byteLength + PADDING) >>> 0;
    this.bytes().set(new Uint8Array(buffer, byteOffset, byteLength), address);
    return address;
  }

  /** The module's memory moves when it grows. */
  private data(): DataView {
    return new DataView(this.module.memory.buffer);
  }

  private bytes(): Uint8Array {
    return new Uint8Array(this.module.memory.buffer);
  }
}
