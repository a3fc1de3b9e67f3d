import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalogue } from '../../../src/core/rules/catalogue';
import { reference } from '../../../src/host/common/reference';
import { LogDocuments } from '../../../src/host/editor/logDocuments';
import { oneRecord } from '../../fixtures/oneRecord';
import { rules } from '../rules/support';
import { EndOfLine, Uri, workspace } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

/** A text that can be changed. */
class Document {
  readonly uri = Uri.parse('file:///a.json');
  readonly languageId = 'json';
  readonly eol = EndOfLine.LF;
  readonly isClosed = false;
  version = 1;
  private lines: readonly string[];

  constructor(eventNames: readonly string[]) {
    this.lines = linesOf(eventNames);
  }

  write(eventNames: readonly string[]): void {
    this.lines = linesOf(eventNames);
    this.version++;
    workspace.changed.fire({ document: this, contentChanges: [{}] });
  }

  get lineCount(): number {
    return this.lines.length;
  }

  lineAt(line: number): { readonly text: string } {
    return { text: this.lines[line]! };
  }

  getText({ start, end }: Record<'start' | 'end', { line: number; character: number }>): string {
    if (start.line === end.line) return this.lines[start.line]!.slice(start.character, end.character);
    const whole = this.lines.slice(start.line, end.line).join('\n').slice(start.character);
    return `${whole}\n${(this.lines[end.line] ?? '').slice(0, end.character)}`;
  }
}

function linesOf(eventNames: readonly string[]): readonly string[] {
  const records = eventNames.map((eventName) => oneRecord({ eventName, eventSource: 'cloudtrail.amazonaws.com' }));
  return JSON.stringify({ Records: records }, null, 2).split('\n');
}

describe('who waits for a log to be read', () => {
  let documents: LogDocuments;
  let document: Document;
  beforeEach(() => {
    reference.catalogue = new Catalogue(rules);
    document = new Document(['StopLogging']);
    documents = new LogDocuments(() => false);
  });

  it('is given it with what the rules find', async () => {
    const open = await documents.whenAnalysed(document as never);
    expect(open?.log.recordCount).toBe(1);
    expect(open?.analysis?.findings).toHaveLength(1);
  });

  it('is given the text that stands in the end when it is typed in meanwhile', async () => {
    await documents.whenAnalysed(document as never);
    document.write(['StopLogging', 'DescribeTrails']);
    const waits = documents.whenAnalysed(document as never);
    document.write(['StopLogging', 'DescribeTrails', 'DeleteTrail']);
    const open = await waits;
    expect(open?.log.recordCount).toBe(3);
    expect(open?.analysis?.findings.map(({ record }) => record)).toEqual([0, 1, 2]);
  });

  it('is given what the new rules find when they change meanwhile', async () => {
    await documents.whenAnalysed(document as never);
    documents.askAgain();
    const waits = documents.whenAnalysed(document as never);
    reference.catalogue = new Catalogue(rules.filter(({ eventName }) => eventName !== 'StopLogging'));
    documents.askAgain();
    const open = await waits;
    expect(open?.analysis?.findings).toEqual([]);
  });

  it('is told when it is closed meanwhile', async () => {
    await documents.whenAnalysed(document as never);
    document.write(['DeleteTrail']);
    const waits = documents.whenAnalysed(document as never);
    workspace.closed.fire(document);
    expect(await waits).toBeUndefined();
  });
});
