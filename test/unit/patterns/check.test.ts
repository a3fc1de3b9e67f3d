import { describe, expect, test } from 'vitest';
import { english } from '../../../src/core/message';
import { parsePattern } from '../../../src/core/patterns/parse';
import { applyFix, errorTexts, withMarks } from './support';

/** The notes of a pattern: where each stands, and what it says. */
function notes(text: string): [marked: string, said: string][] {
  const { notes, pattern } = parsePattern(text);
  expect(pattern).toBeDefined();
  return notes.map((note) => [withMarks(text, note), english(note.message)]);
}

describe('!= on a field that may be missing', () => {
  test.each([
    '{ «$.userIdentity.invokedBy != "x"» }',
    '{ «$.errorCode != x» }',
    '{ «$.userIdentity.sessionContext.sessionIssuer.userName != x» }',
    '{ «$.requestParameters.a != 1» }',
    '{ $.eventName = X && («$.errorCode != x» || $.eventSource = y) }',
    '{ $.errorMessage NOT EXISTS || «$.errorCode != x» }',
    '{ $.errorCode NOT EXISTS && «$.errorCode != x» }',
    '{ $.errorCode = x || «$.errorCode != y» }',
  ])('%s', (marked) => {
    const text = marked.replace(/[«»]/g, '');
    expect(notes(text)).toEqual([[marked, expect.stringMatching(/Records without \$\.\S+ do not match: != is false/)]]);
    const fixed = applyFix(text, parsePattern(text).notes[0]!.fix!);
    expect(errorTexts(parsePattern(fixed))).toEqual([]);
    expect(notes(fixed)).toEqual([]);
  });

  test('the fix', () => {
    const text = '{ $.a = 1 && $.errorCode != "x" }';
    expect(applyFix(text, parsePattern(text).notes[0]!.fix!)).toBe(
      '{ $.a = 1 && (($.errorCode NOT EXISTS) || ($.errorCode != "x")) }',
    );
  });

  test.each([
    // Always there.
    '{ $.eventName != "Decrypt" }',
    '{ $.eventSource != x && $.eventType != y && $.sourceIPAddress != z && $.awsRegion != w }',
    '{ $.userIdentity.type != "AWSService" }',
    // Said what a missing field does.
    '{ $.errorCode NOT EXISTS || $.errorCode != x }',
    '{ ($.errorCode NOT EXISTS) || ($.errorCode != "x") || ($.errorCode IS NULL) }',
    '{ $.errorCode NOT EXISTS || ($.eventName = X && $.errorCode != x) }',
    '{ $.errorCode = * && $.errorCode != "AccessDenied" }',
    '{ $.a > 1 && ($.a != 5 || $.b = 1) }',
  ])('%s needs none', (text) => expect(notes(text)).toEqual([]));
});

describe('booleans compared as text, texts asked for as booleans', () => {
  test.each([
    ['{ «$.readOnly = true» }', /no comparison matches; ask with IS TRUE or IS FALSE/, '{ $.readOnly IS TRUE }'],
    ['{ «$.readOnly = "true"» }', /no comparison matches/, '{ $.readOnly IS TRUE }'],
    ['{ «$.readOnly != "true"» }', /no comparison matches/, '{ $.readOnly IS FALSE }'],
    ['{ «$.readOnly = false» }', /no comparison matches/, '{ $.readOnly IS FALSE }'],
    ['{ «$.readOnly != false» }', /no comparison matches/, '{ $.readOnly IS TRUE }'],
    ['{ «$.managementEvent = *» }', /no comparison matches/, undefined],
    ['{ «$.managementEvent > 0» }', /no comparison matches/, undefined],
    ['{ «$.requestParameters.encrypted = true» }', /text true only/, '{ $.requestParameters.encrypted IS TRUE }'],
    [
      '{ «$.requestParameters.encrypted = false» && $.eventName = X }',
      /text false only/,
      '{ $.requestParameters.encrypted IS FALSE && $.eventName = X }',
    ],
    [
      '{ «$.userIdentity.sessionContext.attributes.mfaAuthenticated IS TRUE» }',
      /is a text in the log/,
      '{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }',
    ],
    ['{ «$.sessionCredentialFromConsole IS FALSE» }', /is a text/, '{ $.sessionCredentialFromConsole = "false" }'],
  ])('%s', (marked, said, fixed) => {
    const text = marked.replace(/[«»]/g, '');
    expect(notes(text)).toEqual([[marked, expect.stringMatching(said)]]);
    const { fix } = parsePattern(text).notes[0]!;
    expect(fix && applyFix(text, fix)).toBe(fixed);
    if (fixed !== undefined) expect(notes(fixed)).toEqual([]);
  });

  test.each([
    '{ $.readOnly IS TRUE }',
    '{ $.readOnly NOT EXISTS }',
    '{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = "true" }',
    '{ $.userIdentity.sessionContext.attributes.mfaAuthenticated = true }',
    '{ $.sessionCredentialFromConsole = "true" }',
    '{ $.requestParameters.encrypted = "true" }',
    '{ $.requestParameters.encrypted IS TRUE }',
  ])('%s needs none', (text) => expect(notes(text)).toEqual([]));
});

test('the note for a pasted pattern stands in the original text', () => {
  const text = `"{ $.readOnly = \\"true\\" }"`;
  const [wrapping, trap] = parsePattern(text).notes;
  expect(text.slice(wrapping!.start, wrapping!.end)).toBe(text);
  expect(text.slice(trap!.start, trap!.end)).toBe('$.readOnly = \\"true\\"');
  expect(applyFix(text, trap!.fix!)).toBe('"{ $.readOnly IS TRUE }"');
});

test('a pattern with errors gets no advice beyond them', () => {
  expect(parsePattern('{ $.readOnly = true && $.a == 1 }').notes).toEqual([]);
});
