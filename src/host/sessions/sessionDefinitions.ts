import type * as vscode from 'vscode';
import type { LogDocuments } from '../editor/logDocuments';
import type { RecordFinder } from '../editor/recordFinder';
import { locate } from '../editor/recordLocation';
import { nameRange } from '../editor/recordRanges';
import type { FoundSession, OpenSessions } from './openSessions';

/** Go to Definition: from an access key or a session to the record of the call that issued it. */
export class SessionDefinitions implements vscode.DefinitionProvider {
  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
    private readonly records: RecordFinder,
  ) {}

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.LocationLink[] | undefined> {
    const open = await this.documents.whenAnalysed(document);
    const record = open?.log.recordAt(position);
    const place = record && locate(document, record, position);
    if (record === undefined || place === undefined) return undefined;
    await this.sessions.whenReady();
    const found = this.sessionAt(place.path, place.value, () => this.sessions.sessionOf(record));
    const issue = found?.session.link?.issue;
    const shown = issue && (await this.records.find({ ...issue.place, eventID: issue.eventID }));
    if (shown === undefined) return undefined;
    const target = {
      originSelectionRange: place.range,
      targetUri: shown.log.document.uri,
      targetRange: shown.record.range,
      targetSelectionRange: nameRange(shown.record),
    };
    return [target];
  }

  private sessionAt(
    path: readonly (string | number)[],
    value: string | undefined,
    own: () => FoundSession | undefined,
  ): FoundSession | undefined {
    if (path[0] === 'userIdentity') return own();
    return value === undefined || value === '' ? undefined : this.sessions.sessionNamed(value);
  }
}
