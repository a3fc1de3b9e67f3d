import { LF } from '../json/bytes';
import type { Unit } from '../json/unit';
import { UnitSplitter } from '../json/unitSplitter';
import { message } from '../message';
import { problem } from '../problem';
import { damageProblem } from './damage';
import { type FormatId, RECORD_UNITS, formatOfContainer } from './formats';
import type { RecordSink } from './rawRecord';
import { RecordFinder } from './recordFinder';

/** Content in which nothing of CloudTrail was found for so many bytes is left alone. */
const GIVE_UP_BYTES = 4 * 1024 * 1024;

/** Finds the records in JSON text of any of the known containers. Feed it UTF-8, chunk by chunk. */
export class JsonRecords {
  private readonly finder: RecordFinder;
  private readonly splitter: UnitSplitter;
  private topLevelValues = 0;
  private linesOnly = true;
  private linePrefix = false;
  private multiLineUnit = false;
  private units = 0;
  /** The first container array met. */
  private container: string | undefined;

  constructor(private readonly sink: RecordSink) {
    this.finder = new RecordFinder(sink);
    this.splitter = new UnitSplitter(RECORD_UNITS, {
      unit: (unit) => this.unit(unit),
      damage: (damage) => this.sink.problem(damageProblem(damage, this.records)),
      topLevelValue: (lineBreak, linePrefix) => this.topLevelValue(lineBreak, linePrefix),
      container: (container) => (this.container ??= container),
      member: (_key, json) => this.token(json),
    });
  }

  get records(): number {
    return this.finder.records;
  }

  push(chunk: Uint8Array): void {
    this.splitter.push(chunk);
  }

  /** Ends the stream and answers the container's format. */
  end(): FormatId {
    this.splitter.end();
    return this.formatId();
  }

  /** True when much was read and nothing of CloudTrail found in it. A value under way may still hold something. */
  get isHopeless(): boolean {
    return this.records === 0 && this.finder.format === undefined && this.splitter.settled > GIVE_UP_BYTES;
  }

  private unit({ bytes, start, end, container }: Unit): void {
    this.units++;
    // Elements that span lines stand in a container that does.
    this.multiLineUnit ||= container === '' && bytes.includes(LF);
    this.finder.value(bytes, { start, end, embedded: true, container, depth: 0, quiet: false });
  }

  private topLevelValue(lineBreak: boolean, linePrefix: boolean): void {
    if (this.topLevelValues > 0 && !lineBreak) this.linesOnly = false;
    this.linePrefix ||= linePrefix;
    this.topLevelValues++;
  }

  private token(json: string): void {
    if (json === 'null' || json === '""') return;
    const text = message(
      'This is one page of an answer: it has a NextToken, so more events exist than this file holds.',
    );
    this.sink.problem(problem('one-page', 'note', null, text));
  }

  private formatId(): FormatId {
    if (this.linePrefix && this.records > 0) return 'cloudwatch-export';
    if (this.topLevelValues === 0) return 'empty';
    const format = this.finder.format ?? this.emptyContainer() ?? 'unknown';
    const plain = format === 'single-record' || format === 'records' || format === 'record-array';
    if (!plain || this.topLevelValues <= 1) return format;
    const isLines = this.linesOnly && !this.multiLineUnit && !this.splitter.spansLines;
    return isLines ? 'ndjson' : 'concatenated';
  }

  /** Answers and delivered files may hold no records: then the container's name tells what they are. */
  private emptyContainer(): FormatId | undefined {
    const isNamed = this.container !== undefined && this.container !== '[]';
    return isNamed && this.units === 0 ? formatOfContainer(this.container!) : undefined;
  }
}
