import * as vscode from 'vscode';
import type { LogDocuments, OpenLog } from '../editor/logDocuments';

/** The logs that have a tab. Documents whose tab was closed, or that were opened to look something up, stay about for a while. */
export function openLogs(documents: LogDocuments): OpenLog[] {
  const inTabs = new Set(
    vscode.window.tabGroups.all.flatMap(({ tabs }) =>
      tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? input.uri.toString() : [])),
    ),
  );
  return [...documents.analysed()].filter(({ log }) => inTabs.has(log.document.uri.toString()));
}
