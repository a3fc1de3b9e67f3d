import * as vscode from 'vscode';
import { serviceName } from '../../core/events/principal';
import { patternOfRecord } from '../../core/patterns/fromRecord';
import type { LogDocuments } from '../editor/logDocuments';
import { muteRule } from './muteCommand';
import { openNewRule } from './newRule';

/** Writing rules and mutes from the log in the active editor. */
export class RuleCommands {
  /** By command. */
  readonly handlers = {
    muteRule,
    newRuleFromRecord: () => this.newRule(),
  };

  constructor(private readonly documents: LogDocuments) {}

  private async newRule(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    const record = editor && this.documents.get(editor.document)?.log.recordAt(editor.selection.active);
    if (record === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Put the cursor on a record of a CloudTrail log first.'));
      return;
    }
    const { event, view } = record;
    const parts = [event.eventSource && serviceName(event.eventSource), event.eventName, event.errorCode];
    const title = parts.filter((part) => part !== undefined && part !== '').join(' ');
    await openNewRule(title, patternOfRecord(view));
  }
}
