/**
 * A sentence for a person, before translation: an English template with `{0}`, `{1}` … and what to put there. Core never translates;
 * the host looks the template up in `l10n/`, the command line prints the English.
 */
export interface Message {
  readonly template: string;
  readonly args: readonly (string | number)[];
}

/** Makes a message. The template must be a literal, so that the key-parity test finds it. */
export function message(template: string, ...args: (string | number)[]): Message {
  return { template, args };
}

/** The message in English. */
export function english({ template, args }: Message): string {
  return template.replace(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));
}
