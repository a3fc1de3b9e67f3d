import * as vscode from 'vscode';
import { principalName } from '../../core/events/principal';
import { SeenFields } from '../../core/patterns/seenFields';
import type { SeenField, SeenValue } from '../../core/patterns/complete';
import type { Pattern } from '../../core/patterns/ast';
import { FieldFinder } from '../../core/patterns/fieldFinder';
import { compilePattern } from '../../core/patterns/match';
import { parseSelector } from '../../core/patterns/selector';
import { pacer } from '../../node/pacer';
import type { HuntOutcome, ScopeInfo } from '../../protocol/huntProtocol';
import { localize } from '../common/localize';
import type { LogRecord } from '../editor/logDocument';
import type { LogDocuments, OpenLog } from '../editor/logDocuments';
import { revealRecord } from '../editor/showLog';
import type { HuntProgress, HuntResults, HuntTarget } from './huntTarget';
import { type GroupableRow, RowList } from './rowList';

/** Progress is told after so many records: often enough to be seen to move. */
const RECORDS_PER_REPORT = 500;
const MOST_VALUES = 100;
const SAMPLED_RECORDS = 300;

/** The log of one text document: what is in the editor, saved or not. */
export class LogTarget implements HuntTarget {
  constructor(
    private readonly documents: LogDocuments,
    readonly document: vscode.TextDocument,
  ) {}

  get info(): ScopeInfo {
    const label = this.document.uri.path.slice(this.document.uri.path.lastIndexOf('/') + 1);
    return { label, records: this.documents.get(this.document)?.log.recordCount ?? null };
  }

  search(
    pattern: Pattern,
    report: (progress: HuntProgress) => void,
    signal: AbortSignal,
  ): { results: HuntResults; outcome: Promise<HuntOutcome> } {
    const rows = new RowList();
    const records: number[] = [];
    const results: HuntResults = {
      rows: (grouping, group, from, to) => Promise.resolve(rows.slice(grouping, group, from, to)),
      groups: (grouping) => Promise.resolve(rows.groups(grouping)),
      open: (row, keepFocus) => this.open(records[row], keepFocus),
    };
    const found = (record: LogRecord): void => {
      rows.add(rowOf(record, rows.length));
      records.push(record.index);
    };
    return {
      results,
      outcome: this.run(
        pattern,
        found,
        (searched, total) => report({ searched, total, matched: rows.length }),
        signal,
        rows,
      ),
    };
  }

  async fields(): Promise<readonly SeenField[]> {
    const open = await this.documents.whenAnalysed(this.document);
    if (open === undefined) return [];
    const seen = new SeenFields();
    const pause = pacer();
    const step = Math.max(1, Math.floor(open.log.recordCount / SAMPLED_RECORDS));
    for (let index = 0; index < open.log.recordCount && !open.log.isStale; index += step) {
      seen.add(open.log.record(index).view.bytes);
      await pause();
    }
    return seen.fields;
  }

  async values(path: string): Promise<readonly SeenValue[]> {
    const { selector } = parseSelector(path);
    const open = await this.documents.whenAnalysed(this.document);
    if (open === undefined || selector === undefined) return [];
    const read = new FieldFinder().readerOf(selector.steps);
    const seen = new Map<string, SeenValue>();
    await this.each(open, new AbortController().signal, ({ view }) => {
      for (const { type, text } of read(view)) {
        if (type !== 'string' && type !== 'number') continue;
        const key = `${type} ${text}`;
        seen.set(key, { text, type, count: (seen.get(key)?.count ?? 0) + 1 });
      }
    });
    return [...seen.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1)).slice(0, MOST_VALUES);
  }

  private async run(
    pattern: Pattern,
    found: (record: LogRecord) => void,
    report: (searched: number, total: number) => void,
    signal: AbortSignal,
    rows: RowList,
  ): Promise<HuntOutcome> {
    const open = await this.documents.whenAnalysed(this.document);
    if (open === undefined) {
      const failure = vscode.l10n.t('{0} holds no CloudTrail records.', this.info.label);
      return { matched: 0, searched: 0, cancelled: false, missing: [], failure };
    }
    const matches = compilePattern(pattern);
    let searched = 0;
    await this.each(open, signal, (record) => {
      if (matches(record.view)) found(record);
      if (++searched % RECORDS_PER_REPORT === 0) report(searched, open.log.recordCount);
    });
    rows.sortByTime();
    const missing = open.log.problems.filter(({ level }) => level !== 'note').map((each) => localize(each.message));
    return { matched: rows.length, searched, cancelled: signal.aborted, missing, failure: null };
  }

  /** Calls `look` for every record, in slices, until all were seen or the signal is aborted. */
  private async each({ log }: OpenLog, signal: AbortSignal, look: (record: LogRecord) => void): Promise<void> {
    const pause = pacer();
    for (let index = 0; index < log.recordCount && !signal.aborted && !log.isStale; index++) {
      look(log.record(index));
      await pause();
    }
  }

  private async open(record: number | undefined, preserveFocus: boolean): Promise<void> {
    const open = await this.documents.whenAnalysed(this.document);
    if (record === undefined || open === undefined || record >= open.log.recordCount) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The log has changed since. Run the pattern again.'));
      return;
    }
    const editor = await vscode.window.showTextDocument(this.document, { preserveFocus });
    revealRecord(editor, open.log.record(record));
  }
}

/** A record as a row of the results. */
function rowOf({ event, finding }: LogRecord, id: number): GroupableRow {
  return {
    id,
    time: event.time ?? null,
    eventName: event.eventName ?? event.eventCategory,
    eventSource: event.eventSource ?? '',
    principal: principalName(event) ?? '',
    sourceIPAddress: event.sourceIPAddress ?? '',
    awsRegion: event.awsRegion ?? '',
    errorCode: event.errorCode ?? '',
    severity: finding?.severity ?? null,
    accountId: event.accountId ?? '',
  };
}
