import { describe, expect, it } from 'vitest';
import { GroupedLines } from '../../../webview/hunt/groupedLines';

const GROUPS = [
  { key: 'GetObject', count: 3 },
  { key: '', count: 1 },
  { key: 'PutObject', count: 2 },
];

/** Lines as short texts: `+GetObject`, `-GetObject`, `GetObject[0]`. */
function linesOf(expanded: string[]): string[] {
  const lines = new GroupedLines(GROUPS, new Set(expanded));
  return Array.from({ length: lines.count }, (_, index) => {
    const line = lines.lineAt(index)!;
    return line.kind === 'group' ? `${line.expanded ? '-' : '+'}${line.group.key}` : `${line.group}[${line.index}]`;
  });
}

describe('results in groups', () => {
  it.each([
    { expanded: [], lines: ['+GetObject', '+', '+PutObject'] },
    { expanded: [''], lines: ['+GetObject', '-', '[0]', '+PutObject'] },
    {
      expanded: ['GetObject', 'PutObject'],
      lines: [
        '-GetObject',
        'GetObject[0]',
        'GetObject[1]',
        'GetObject[2]',
        '+',
        '-PutObject',
        'PutObject[0]',
        'PutObject[1]',
      ],
    },
  ])('with $expanded open', ({ expanded, lines }) => expect(linesOf(expanded)).toEqual(lines));

  it('tell each row its place in its group', () => {
    const lines = new GroupedLines(GROUPS, new Set(['GetObject']));
    expect(lines.lineAt(2)).toMatchObject({ position: 2, siblings: 3 });
    expect(lines.lineAt(4)).toMatchObject({ position: 2, siblings: 3 });
  });

  it.each([-1, 3, 99])('have no line %i', (index) => {
    expect(new GroupedLines(GROUPS, new Set()).lineAt(index)).toBeUndefined();
  });
});
