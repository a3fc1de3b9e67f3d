import type { CharSet } from './charSet';
import { parseRegex } from './regexSyntax';

/** For each branch of a regular expression the runs of characters that every text has which the branch is found in. */
export function regexTexts(source: string): string[][] {
  const parsed = parseRegex(source);
  if ('error' in parsed) return [[]];
  return parsed.tree.map((branch) => {
    const runs = [''];
    for (const item of branch) {
      const character = item.kind === 'set' ? only(item.set) : undefined;
      if (character === undefined || item.kind !== 'set') {
        runs.push('');
        continue;
      }
      runs[runs.length - 1] += character.repeat(item.min);
      // What may be repeated is followed by itself or by what is next.
      if (item.max !== item.min) runs.push('');
    }
    return runs;
  });
}

/** The one character of a set. */
function only(set: CharSet): string | undefined {
  const first = set.indexOf(1);
  // The last index stands for all characters beyond the others.
  return first >= 0 && first < set.length - 1 && set.indexOf(1, first + 1) < 0 ? String.fromCharCode(first) : undefined;
}
