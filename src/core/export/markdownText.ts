import { shorten, visibleText } from '../text';

const LONGEST_CODE = 300;

/** Log text for Markdown: every mark that Markdown or its addresses could be made of is escaped, controls become visible. */
export function markdownText(text: string): string {
  return visibleText(text).replace(/[!-/:-@[-`{-~]/g, (mark) =>
    mark === '<' || mark === '>' || mark === '&' ? `&#${mark.charCodeAt(0)};` : `\\${mark}`,
  );
}

/**
 * Log text for a report that is read as text as well: what could make markup, a link or a line of its own is escaped, and no more.
 */
export function reportText(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]|~#!$]/g, '\\$&')
    .replace(/[<>&]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/:(?=\/\/)|@|(?<=\bwww)\.|^(\s*)(?=[-+=])|(?<=^\s*\d{1,9})[.)]/gi, (mark) =>
      mark.trim() === '' ? `${mark}\\` : `\\${mark}`,
    );
}

/** Log text or an identifier as code, fenced by more back quotes than any run of them in it. */
export function markdownCode(text: string): string {
  const shown = shorten(visibleText(text), LONGEST_CODE);
  if (shown.trim() === '') return '` `';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
