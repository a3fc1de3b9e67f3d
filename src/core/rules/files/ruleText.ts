import { yamlText } from './yamlText';

/** What is known of a rule that is about to be written. */
export interface NewRule {
  readonly id: string;
  readonly title: string;
  readonly pattern: string;
}

const WIDTH = 100;

/**
 * A new rule as the text of a rule file, for somebody to fill in: the pattern is there, everything else has a comment that says what it is
 * for.
 */
export function ruleText({ id, title, pattern }: NewRule): string {
  return `# A rule of your own. See the README for thresholds and sequences.
id: ${yamlText(id)}
title: ${yamlText(title)}
# How much attention one such record deserves: info, low, medium, high or critical.
severity: medium
# MITRE ATT&CK, for instance tactics: [TA0003] and techniques: [T1098.001].
tactics: []
techniques: []
# A CloudWatch Logs filter pattern.
pattern: ${patternText(pattern)}
# To find many such records instead of one, take the marks away:
# threshold:
#   count: 5
#   window: 10m
#   groupBy: [principal]
why: Why it matters.
check: What to look at next.
respond: What to do when it was no mistake.
references: []
`;
}

/** An id made of a title: `Failed sign-ins, often` as `failed-sign-ins-often`; `fallback` when nothing of it can be used. */
export function ruleIdOf(title: string, fallback = 'my-rule'): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60)
    .replace(/[-.]+$/, '');
  return slug === '' ? fallback : slug;
}

/** Folded over lines where it is long and blanks may become line breaks, else on one line; read back it is the same pattern. */
function patternText(pattern: string): string {
  const isPlain = /^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(pattern);
  if (!isPlain) return yamlText(pattern);
  const lines: string[] = [];
  for (const part of pattern.split(/(?<=&&|\|\|) /)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + part.length <= WIDTH) lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(part);
  }
  return `>-\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
