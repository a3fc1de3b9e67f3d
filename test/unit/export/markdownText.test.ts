import { describe, expect, it } from 'vitest';
import { markdownCode, markdownText, reportText } from '../../../src/core/export/markdownText';

describe('log text in Markdown', () => {
  it.each([
    ['plain words', 'plain words', 'plain words'],
    ['a.b-c/d', 'a.b-c/d', 'a\\.b\\-c\\/d'],
    ['[x](https://e.example)', '\\[x\\](https\\://e.example)', '\\[x\\]\\(https\\:\\/\\/e\\.example\\)'],
    ['![x](y)', '\\!\\[x\\](y)', '\\!\\[x\\]\\(y\\)'],
    ['<img src=x> &amp;', '&#60;img src=x&#62; &#38;amp;', '&#60;img src\\=x&#62; &#38;amp\\;'],
    ['a | b', 'a \\| b', 'a \\| b'],
    ['# h', '\\# h', '\\# h'],
    ['- item', '\\- item', '\\- item'],
    ['1. item', '1\\. item', '1\\. item'],
    ['www.e.example a@e.example', 'www\\.e.example a\\@e.example', 'www\\.e\\.example a\\@e\\.example'],
    ['**b** _i_ `c` ~s~', '\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~s\\~', '\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~s\\~'],
    ['a\nb', 'a␊b', 'a␊b'],
    ['\\', '\\\\', '\\\\'],
  ])('%j', (text, report, strict) => {
    expect(reportText(text)).toBe(report);
    expect(markdownText(text)).toBe(strict);
  });

  it.each([
    ['a', '`a`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    [' ', '` `'],
  ])('%j as code', (text, code) => expect(markdownCode(text)).toBe(code));
});
