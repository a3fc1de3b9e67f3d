import type { Test } from '../patterns/ast';
import { compileTest } from '../patterns/valueTest';
import { type DecodedDictionary, valueOf } from './decodedDictionary';
import { tokenTest } from './tokenTest';

/** A test of the entries of a dictionary. */
export interface CodeTest {
  /** Whether an entry meets it. */
  of(code: number): boolean;
  /** One byte a code: 1 where the entry meets it. */
  all(): Uint8Array;
}

/** The test of a dictionary's entries in a spelling: what `compileTest` answers for them. */
export function codeTest(decoded: DecodedDictionary, spelling: number, test: Test): CodeTest {
  const meets = compileTest(test);
  const of = (code: number): boolean => meets(valueOf(decoded.dictionary, code, spelling));
  if (test.kind === 'equals' && test.value.kind === 'text') {
    const told = tokenTest(decoded, spelling, test.value, test.negated, of);
    if (told !== undefined) return told;
  }
  return {
    of,
    all: () => {
      const holds = new Uint8Array(decoded.size);
      for (let code = 0; code < holds.length; code++) if (meets(decoded.value(code, spelling))) holds[code] = 1;
      return holds;
    },
  };
}
