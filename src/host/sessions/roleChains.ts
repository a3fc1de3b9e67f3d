import * as vscode from 'vscode';
import { originName, principalOfSession, sessionLabel } from '../../core/identity/identityTexts';
import type { Session } from '../../core/identity/session';
import type { SessionGraph } from '../../core/identity/sessionGraph';
import { visibleText } from '../../core/text';
import type { LogDocuments } from '../editor/logDocuments';
import type { RecordFinder, ShownRecord } from '../editor/recordFinder';
import { locate } from '../editor/recordLocation';
import { nameRange } from '../editor/recordRanges';
import type { OpenSessions } from './openSessions';
import { confidenceName } from './sessionTexts';

/** A session in the call hierarchy. VS Code hands back the very item that it was given. */
class SessionItem extends vscode.CallHierarchyItem {
  constructor(
    readonly graph: SessionGraph,
    readonly session: Session,
    shown: ShownRecord,
  ) {
    const { kind, accessKeyId } = session;
    const symbol = kind === 'session' ? vscode.SymbolKind.Key : vscode.SymbolKind.Class;
    const detail = [
      accessKeyId ?? originName(session.origin),
      counted(session),
      confidenceName(session.origin.confidence),
    ];
    super(
      symbol,
      visibleText(sessionLabel(session) || principalOfSession(session)),
      visibleText(detail.join(' · ')),
      shown.log.document.uri,
      shown.record.range,
      nameRange(shown.record),
    );
  }
}

/**
 * Call Hierarchy along role chains: who issued a session (incoming), and which sessions its calls issued (outgoing). The places are
 * the issuing calls.
 */
export class RoleChains implements vscode.CallHierarchyProvider {
  constructor(
    private readonly documents: LogDocuments,
    private readonly sessions: OpenSessions,
    private readonly records: RecordFinder,
  ) {}

  async prepareCallHierarchy(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CallHierarchyItem | undefined> {
    const open = await this.documents.whenAnalysed(document);
    const record = open?.log.recordAt(position);
    if (open === undefined || record === undefined) return undefined;
    await this.sessions.whenReady();
    const value = locate(document, record, position)?.value;
    const named = value === undefined || value === '' ? undefined : this.sessions.sessionNamed(value);
    const found = named ?? this.sessions.sessionOf(record);
    return found && new SessionItem(found.graph, found.session, { log: open.log, record });
  }

  async provideCallHierarchyIncomingCalls(item: vscode.CallHierarchyItem): Promise<vscode.CallHierarchyIncomingCall[]> {
    if (!(item instanceof SessionItem)) return [];
    const { graph, session } = item;
    const issue = session.link?.issue;
    const shown = issue && (await this.records.find({ ...issue.place, eventID: issue.eventID }));
    if (shown === undefined) return [];
    // A sign-in has no caller but the user, who is the session.
    const caller = new SessionItem(graph, session.link?.parent ?? session, shown);
    return [new vscode.CallHierarchyIncomingCall(caller, [caller.selectionRange])];
  }

  async provideCallHierarchyOutgoingCalls(item: vscode.CallHierarchyItem): Promise<vscode.CallHierarchyOutgoingCall[]> {
    if (!(item instanceof SessionItem)) return [];
    const calls: vscode.CallHierarchyOutgoingCall[] = [];
    for (const child of item.graph.childrenOf(item.session)) {
      const issue = child.link?.issue;
      const shown = issue && (await this.records.find({ ...issue.place, eventID: issue.eventID }));
      if (shown === undefined) continue;
      const called = new SessionItem(item.graph, child, shown);
      // The ranges are read in the caller's document: calls from other files have none there.
      const isHere = called.uri.toString() === item.uri.toString();
      calls.push(new vscode.CallHierarchyOutgoingCall(called, isHere ? [called.selectionRange] : []));
    }
    return calls;
  }
}

function counted({ events }: Session): string {
  return events === 1 ? vscode.l10n.t('1 event') : vscode.l10n.t('{0} events', events);
}
