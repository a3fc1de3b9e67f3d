import { isSeq, parseDocument } from 'yaml';
import { yamlText } from './yamlText';

/** A mute as it is written: without `until` for ever. */
export interface NewMute {
  readonly rule: string;
  readonly principal?: string;
  readonly arn?: string;
  readonly reason: string;
  /** A day, `2026-12-31`. */
  readonly until?: string;
}

const HEADER = `# Rules that are known to be met for a good reason. CloudTrail Investigator leaves them out, and says how many.
# rule: the id of a rule, * for any characters; principal or arn: for whom; reason: why; until: the last day, if any.
`;

/**
 * The text of a file of mutes with one more at its end; what stands in it already stays to the letter. Undefined when the text is no list,
 * so that nothing can be added to it.
 */
export function addMute(text: string, mute: NewMute): string | undefined {
  const entry = entryText(mute);
  if (text.trim() === '') return `${HEADER}${entry}`;
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  const { contents } = document;
  // Comments only.
  if (contents === null) return `${ended(text)}${entry}`;
  if (!isSeq(contents)) return undefined;
  if (contents.flow === true)
    return contents.items.length === 0 ? replaceEmpty(text, contents.range[0], contents.range[1], entry) : undefined;
  const start = contents.range[0];
  const indent = /[ \t]*$/.exec(text.slice(0, start))![0];
  const body = entry.replace(/^(?=.)/gm, indent);
  // After the document's end there may be others, or its end mark.
  const end = /^(\.\.\.|---)/m.exec(text.slice(contents.range[1]));
  if (end === null) return `${ended(text)}${body}`;
  const at = contents.range[1] + end.index;
  return `${ended(text.slice(0, at))}${body}${text.slice(at)}`;
}

function replaceEmpty(text: string, start: number, end: number, entry: string): string {
  return `${ended(text.slice(0, start).trimEnd())}${entry}${text.slice(end).trimStart()}`;
}

function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

function entryText(mute: NewMute): string {
  const lines = (['rule', 'principal', 'arn', 'reason', 'until'] as const).flatMap((key) => {
    const value = mute[key];
    return value === undefined ? [] : [`${key}: ${yamlText(value)}`];
  });
  return `- ${lines.join('\n  ')}\n`;
}
