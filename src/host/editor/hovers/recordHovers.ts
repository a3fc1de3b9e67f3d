import * as vscode from 'vscode';
import { MarkdownBuilder } from '../../common/markdown';
import type { LogDocuments } from '../logDocuments';
import { locate } from '../recordLocation';
import { addField } from './fieldHover';
import { type HoverSubject, addValue } from './valueHover';

/** Explains fields and values of records. */
export class RecordHovers implements vscode.HoverProvider {
  constructor(private readonly documents: LogDocuments) {}

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
    }
    addField(markdown, location.path);
    return markdown.isEmpty ? undefined : new vscode.Hover(markdown.build(), location.range);
  }
}
