import * as vscode from 'vscode';
import { principalName } from '../../core/events/principal';
import { visibleText } from '../../core/text';
import { COMMANDS } from '../common/contributions';
import type { LogDocuments } from '../editor/logDocuments';
import type { MuteFor } from './muteCommand';

/** Records with very many rules have a list elsewhere. */
const MOST_RULES = 3;

/** On a record with findings: mute a rule for who made the call. */
export class MuteActions implements vscode.CodeActionProvider {
  constructor(private readonly documents: LogDocuments) {}

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const record = this.documents.get(document)?.log.recordAt(range.start);
    if (record?.finding === undefined) return [];
    const { event, finding } = record;
    const who = principalName(event);
    const arn = event.sessionIssuerArn ?? event.arn;
    return finding.rules
      .slice(0, MOST_RULES)
      .flatMap(({ id }) => [
        ...(who === undefined ? [] : [action(who, { uri: document.uri, rule: id, principal: who })]),
        ...(arn === undefined ? [] : [action(arn, { uri: document.uri, rule: id, arn })]),
      ]);
  }
}

function action(whom: string, mute: MuteFor): vscode.CodeAction {
  const title = vscode.l10n.t('Mute {0} for {1}…', mute.rule, visibleText(whom));
  const made = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  made.command = { title, command: COMMANDS.muteRule, arguments: [mute] };
  return made;
}
