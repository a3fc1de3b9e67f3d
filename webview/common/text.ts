import type { Message } from '../../src/core/message';

/** Texts in the language of the editor, put into the page by the host; English ones stand in the code. */
const translations = JSON.parse(document.getElementById('l10n')?.textContent ?? '{}') as Record<string, string>;

/** `template` in the language of the editor with `{0}`, `{1}` … filled in. The template must be a literal. */
export function t(template: string, ...args: (string | number)[]): string {
  return translate({ template, args });
}

/** A message of core in the language of the editor. */
export function translate({ template, args }: Message): string {
  const text = translations[template] ?? template;
  return text.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}

const numbers = new Intl.NumberFormat(document.documentElement.lang || undefined);

/** A count with the digits grouped as the language does. */
export function count(value: number): string {
  return numbers.format(value);
}
