import * as vscode from 'vscode';
import { markdownCode, markdownText } from '../../core/export/markdownText';

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

  /** `appendText` would do, but it makes every blank unbreakable. */
  text(text: string): this {
    this.markdown.appendMarkdown(markdownText(text));
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
    this.markdown.appendMarkdown(markdownCode(text));
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
