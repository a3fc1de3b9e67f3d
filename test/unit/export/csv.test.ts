import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/core/export/csv';

describe('csvLine', () => {
  it.each<[cells: readonly (string | number | boolean | null | undefined)[], line: string]>([
    [[], ''],
    [['a', 'b'], 'a,b'],
    [['', ''], ','],
    [[undefined, null, 0, false], ',,0,false'],
    [['a,b', 'c'], '"a,b",c'],
    [['say "x"'], '"say ""x"""'],
    [['a\nb', 'c\rd'], '"a\nb","c\rd"'],
    [['日本'], '日本'],
    // What a spreadsheet would run as a formula.
    [['=1+1'], "'=1+1"],
    [["=cmd|' /C calc'!A0"], "'=cmd|' /C calc'!A0"],
    [['=HYPERLINK("http://x","y")'], `"'=HYPERLINK(""http://x"",""y"")"`],
    [['+1'], "'+1"],
    [['-1'], "'-1"],
    [['@SUM(A1)'], "'@SUM(A1)"],
    [['\t=1'], "'\t=1"],
    [['\r=1'], `"'\r=1"`],
    [['\n=1'], `"'\n=1"`],
    [['＝1'], "'＝1"],
    [['＠x'], "'＠x"],
    [[-5], "'-5"],
    [['a=1'], 'a=1'],
    [["'=1"], "'=1"],
  ])('%j', (cells, line) => {
    expect(csvLine(cells)).toBe(line);
  });
});
