import type * as vscode from 'vscode';
import { LOG_SCHEME } from '../common/contributions';

const LANGUAGES = new Set(['json', 'jsonc', 'jsonl']);
/** How much of a text is looked at to tell whether it may be a log: the first record is almost always within it. */
const SNIFF_LINES = 60;
const SNIFF_CHARACTERS = 8192;
const SIGNS = /"(eventVersion|eventSource|eventName|userIdentity|CloudTrailEvent|digestS3Object)"/;
/** A cheap look at a document's beginning. */
export function mayBeLog(document: vscode.TextDocument): boolean {
  if (document.uri.scheme === LOG_SCHEME) return true;
  if (!LANGUAGES.has(document.languageId)) return false;
  return SIGNS.test(beginning(document));
}

/** True for text whose records stand on lines too long to read. */
export function isMinified(document: vscode.TextDocument): boolean {
  const longest = Math.max(
    ...Array.from({ length: Math.min(document.lineCount, 5) }, (_, line) => document.lineAt(line).text.length),
  );
  return longest > 1000;
}

function beginning(document: vscode.TextDocument): string {
  const lines = Math.min(document.lineCount, SNIFF_LINES);
  let text = '';
  for (let line = 0; line < lines && text.length < SNIFF_CHARACTERS; line++) {
    text += document.lineAt(line).text.slice(0, SNIFF_CHARACTERS);
  }
  return text;
}
