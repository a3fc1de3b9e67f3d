import * as vscode from 'vscode';
import { shorten, visibleText } from '../../core/text';

const LONGEST_CODE = 300;

/**
 * Builds Markdown in which log text can do nothing: it is escaped, or fenced as code longer than any run of back quotes in it; the result is
 * never trusted, so it holds no command links, and HTML stays text.
 */
export class MarkdownBuilder {
  private readonly markdown = new vscode.MarkdownString();

  /** A paragraph break. */
  break(): this {
    if (this.markdown.value !== '') this.markdown.appendMarkdown('\n\n');
    return this;
  }

  /** A line between sections. */
  rule(): this {
    if (this.markdown.value !== '') this.markdown.appendMarkdown('\n\n---\n\n');
    return this;
  }

  text(text: string): this {
    this.markdown.appendMarkdown(escapeMarkdown(visibleText(text)));
    return this;
  }

  bold(text: string): this {
    this.markdown.appendMarkdown('**');
    this.text(text);
    this.markdown.appendMarkdown('**');
    return this;
  }

  /** Text from a log, or an identifier, set as code. */
  code(text: string): this {
    this.markdown.appendMarkdown(inlineCode(text));
    return this;
  }

  /** A link to a page of our choosing; never an address from a log. */
  link(label: string, url: string): this {
    this.markdown.appendMarkdown('[');
    this.text(label);
    this.markdown.appendMarkdown(`](${url})`);
    return this;
  }

  /** A list item that `fill` writes. */
  item(fill: (builder: this) => void): this {
    this.markdown.appendMarkdown('\n- ');
    fill(this);
    return this;
  }

  get isEmpty(): boolean {
    return this.markdown.value === '';
  }

  build(): vscode.MarkdownString {
    return this.markdown;
  }
}

/** Every mark that Markdown or its addresses could be made of, escaped. `appendText` would do, but it makes every blank unbreakable. */
function escapeMarkdown(text: string): string {
  return text.replace(/[!-/:-@[-`{-~]/g, (mark) =>
    mark === '<' || mark === '>' || mark === '&' ? `&#${mark.charCodeAt(0)};` : `\\${mark}`,
  );
}

function inlineCode(text: string): string {
  const shown = shorten(visibleText(text), LONGEST_CODE);
  if (shown.trim() === '') return '` `';
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}
