import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collectMessages } from '../../../scripts/lib/messages.mjs';

const ROOT = join(import.meta.dirname, '../../..');
const JAPANESE = /[ぁ-んァ-ヶ一-龠]/;

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T;
}

const placeholders = (text: string): string[] => (text.match(/\{\d+\}/g) ?? []).sort();
const sorted = (keys: Iterable<string>): string[] => [...keys].sort();

/** Texts that are names and stay as they are in every language. */
const SAME = new Set(['ATT&CK', 'AWS CLI', 'CloudShell', 'AWS SDK', 'ok', '{0} · 1 finding']);

describe('texts of the manifest', () => {
  const english = readJson<Record<string, string>>('package.nls.json');
  const japanese = readJson<Record<string, string>>('package.nls.ja.json');
  const used = new Set(
    [...readFileSync(join(ROOT, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!),
  );

  it('are all there in English', () => expect(sorted(Object.keys(english))).toEqual(sorted(used)));
  it('are all there in Japanese', () => expect(sorted(Object.keys(japanese))).toEqual(sorted(used)));
  it.each(Object.entries(japanese))('%s is in Japanese', (_key, text) => expect(text).toMatch(JAPANESE));
});

describe('texts of the code', () => {
  const { texts, dynamic } = collectMessages();
  const japanese = readJson<Record<string, string>>('l10n/bundle.l10n.ja.json');

  it('are literals', () =>
    expect(dynamic.filter((each) => !each.startsWith('src/host/common/localize.ts'))).toEqual([]));
  it('are all there in Japanese, and no others', () =>
    expect(sorted(Object.keys(japanese))).toEqual(sorted(texts.keys())));
  it.each(Object.entries(japanese))('%s keeps its placeholders', (text, translated) => {
    expect(placeholders(translated)).toEqual(placeholders(text));
  });
  it.each(Object.entries(japanese).filter(([text]) => !SAME.has(text)))('%s is in Japanese', (_text, translated) => {
    expect(translated).toMatch(JAPANESE);
  });
});

describe('reference data in Japanese', () => {
  type Entries = Record<string, Record<string, unknown>>;
  const data = <T>(path: string): T => readJson<T>(`src/core/${path}`);
  const texts = <T>(name: string): T => readJson<T>(`l10n/data/ja/${name}`);

  const tables: [name: string, ids: string[], translated: Entries][] = [
    [
      'catalogue.json',
      data<{ id: string }[]>('rules/data/catalogue.json').map(({ id }) => id),
      texts<Entries>('catalogue.json'),
    ],
    ['rules.json', data<{ id: string }[]>('rules/data/rules.json').map(({ id }) => id), texts<Entries>('rules.json')],
    ['responses.json', Object.keys(data<Entries>('rules/data/responses.json')), texts<Entries>('responses.json')],
    [
      'record-fields.json',
      data<{ fields: { path: string }[] }>('events/data/record-fields.json').fields.map(({ path }) => path),
      texts<Entries>('record-fields.json'),
    ],
    [
      'error-codes.json',
      data<{ codes: { code: string }[] }>('events/data/error-codes.json').codes.map(({ code }) => code),
      texts<Entries>('error-codes.json'),
    ],
    [
      'identity-types.json, types',
      data<{ types: { type: string }[] }>('events/data/identity-types.json').types.map(({ type }) => type),
      texts<{ types: Entries }>('identity-types.json').types,
    ],
    [
      'identity-types.json, variants',
      data<{ variants: { variant: string }[] }>('events/data/identity-types.json').variants.map(
        ({ variant }) => variant,
      ),
      texts<{ variants: Entries }>('identity-types.json').variants,
    ],
    [
      'identifiers.json, prefixes',
      data<{ idPrefixes: { prefix: string }[] }>('events/data/identifiers.json').idPrefixes.map(({ prefix }) => prefix),
      texts<{ idPrefixes: Entries }>('identifiers.json').idPrefixes,
    ],
    [
      'identifiers.json, markers',
      data<{ markers: { text: string }[] }>('events/data/identifiers.json').markers.map(({ text }) => text),
      texts<{ markers: Entries }>('identifiers.json').markers,
    ],
  ];
  it.each(tables)('%s has the same keys', (_name, ids, translated) => {
    expect(sorted(Object.keys(translated))).toEqual(sorted(ids));
  });
  it.each(tables)('%s has no entry without Japanese', (_name, _ids, translated) => {
    const untranslated = Object.entries(translated).filter(([, entry]) => !JAPANESE.test(JSON.stringify(entry)));
    expect(untranslated.map(([key]) => key)).toEqual([]);
  });

  it('fields have the notes and values that the English has', () => {
    const translated =
      texts<Record<string, { note?: string; maxSize?: string; values?: Record<string, string> }>>('record-fields.json');
    const { fields } = data<{
      fields: { path: string; note?: string; maxSize?: string; values: { value: string }[] }[];
    }>('events/data/record-fields.json');
    for (const { path, note, maxSize, values } of fields) {
      const own = translated[path]!;
      expect([path, own.note !== undefined, own.maxSize !== undefined]).toEqual([
        path,
        note !== undefined,
        maxSize !== undefined,
      ]);
      expect([path, ...sorted(Object.keys(own.values ?? {}))]).toEqual([
        path,
        ...sorted(new Set(values.map(({ value }) => value))),
      ]);
    }
  });
});
