import type { Replacement } from './ast';
import { parsePattern } from './parse';

/** A fix may uncover the next mistake: so many in one pattern are mended, and each costs a parse of what AWS allows at most. */
const MOST_FIXES = 32;

/** The text with a part replaced. */
export function applyReplacement(text: string, { start, end, text: replacement }: Replacement): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The pattern with all its mistakes mended, where it takes several fixes; undefined when it takes one, or when there is none for a mistake. */
export function mendedPattern(text: string): string | undefined {
  let mended = text;
  for (let fixes = 0; fixes <= MOST_FIXES; fixes++) {
    const [error] = parsePattern(mended).errors;
    if (error === undefined) return fixes > 1 ? mended : undefined;
    if (error.fix === undefined) return undefined;
    mended = applyReplacement(mended, error.fix);
  }
  return undefined;
}
