import type { CharSet } from './charSet';
import { parseRegex } from './regexSyntax';

/** For each branch of a regular expression the runs of characters that every text has which the branch is found in. */
export function regexTexts(source: string): string[][] {
  const parsed = parseRegex(source);
  if ('error' in parsed) return [[]];
  return parsed.tree.map((branch) => {
    const runs: string[] = [];
    let run = '';
    for (const item of branch) {
      const character = item.kind === 'set' ? only(item.set) : undefined;
      const isFixed = item.kind === 'set' && item.min === item.max;
      if (character !== undefined && item.kind === 'set') run += character.repeat(item.min);
      // What may come again is followed by itself or by what is next.
      if (character !== undefined && isFixed) continue;
      runs.push(run);
      run = '';
    }
    return [...runs, run];
  });
}

/** The one character of a set. */
function only(set: CharSet): string | undefined {
  const first = set.indexOf(1);
  // The last index stands for all characters beyond the others.
  return first >= 0 && first < set.length - 1 && set.indexOf(1, first + 1) < 0 ? String.fromCharCode(first) : undefined;
}
