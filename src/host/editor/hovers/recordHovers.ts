import * as vscode from 'vscode';
import { MarkdownBuilder } from '../../common/markdown';
import type { LogDocuments } from '../logDocuments';
import { locate } from '../recordLocation';
import type { FoundSession, OpenSessions } from '../../sessions/openSessions';
import { addField } from './fieldHover';
import { addSession } from './sessionHover';
import { type HoverSubject, addValue } from './valueHover';

/** Explains fields and values of records. */
export class RecordHovers implements vscode.HoverProvider {
  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    const open = this.documents.get(document);
    const record = open?.log.recordAt(position);
    const location = record && locate(document, record, position);
    if (open === undefined || record === undefined || location === undefined) return undefined;
    const markdown = new MarkdownBuilder();
    if (location.value !== undefined && location.value !== '') {
      const subject: HoverSubject = {
        log: open.log,
        analysis: open.analysis,
        record,
        path: location.path,
        value: location.value,
      };
      addValue(markdown, subject);
      const found = this.sessionAt(subject);
      if (found !== undefined) addSession(markdown, found, found.graph === this.sessions.graph);
    }
    addField(markdown, location.path, record.event);
    return markdown.isEmpty ? undefined : new vscode.Hover(markdown.build(), location.range);
  }

  /** The session that a value is about: the record's own for what names its caller, another for an access key elsewhere. */
  private sessionAt({ record, path, value }: HoverSubject): FoundSession | undefined {
    if (path[0] === 'userIdentity')
      return CALLER.has(String(path.at(-1))) ? this.sessions.sessionOf(record) : undefined;
    return path.at(-1) === 'accessKeyId' || path.at(-1) === 'assumedRoleId'
      ? this.sessions.sessionNamed(value)
      : undefined;
  }
}

/** Fields of `userIdentity` that say who called. */
const CALLER: ReadonlySet<string> = new Set([
  'accessKeyId',
  'principalId',
  'arn',
  'userName',
  'type',
  'invokedBy',
  'credentialId',
]);
