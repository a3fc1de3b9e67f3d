import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CsvRow, CsvRows } from '../../../src/core/events/csvRows';
import { parseStructText } from '../../../src/core/events/structText';
import { namesRecordFields, recordFromColumns } from '../../../src/core/events/tabular';
import { cutAt, inPieces, utf8 } from '../../fixtures/bytes';
import { lossesOf, readAll } from '../../fixtures/readAll';

function rowsOf(pieces: Iterable<Uint8Array>, maxRowBytes = 1000): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CsvRows(maxRowBytes, (row) => rows.push(row));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return rows;
}

describe('CsvRows', () => {
  it.each<[name: string, text: string, rows: readonly (readonly string[] | CsvRow['state'])[]]>([
    ['nothing', '', []],
    [
      'cells',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no final line break',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['empty cells', ',a,\n', [['', 'a', '']]],
    ['blank lines', '\na\n\r\n\nb\n\n', [['a'], ['b']]],
    ['quotes', '"a","b ""c"""\n', [['a', 'b "c"']]],
    ['commas and line breaks in quotes', '"a,b","c\nd\r\ne"\nf\n', [['a,b', 'c\nd\r\ne'], ['f']]],
    ['empty quotes', '"",""\n', [['', '']]],
    ['quotes inside a plain cell', 'a"b,c\n', [['a"b', 'c']]],
    ['text after quotes, in one line', '"a"b,c\n', [['"a"b', 'c']]],
    ['quotes that are not closed', 'a,"b\nc,"d"\ne,f\n', ['broken', ['c', 'd'], ['e', 'f']]],
    ['quotes that are not closed, all cells quoted', '"a","b\n"c","d"\n"e","f"\n', ['broken', ['c', 'd'], ['e', 'f']]],
    ['quotes that are not closed up to the end', '"a","b\nc,d\n', ['broken', ['c', 'd']]],
    ['quotes cut off', 'a,b\n"c","d', [['a', 'b'], 'cut-off']],
    ['a quote at the very end', 'a\n"', [['a'], 'cut-off']],
    ['UTF-8', '日本,"é"\n', [['日本', 'é']]],
    ['a row that is too long', `a\n${'x'.repeat(2000)}\nb\n`, [['a'], 'too-large', ['b']]],
    ['quotes that are too long', `a\n"${'x\n'.repeat(2000)}"\nb\n`, [['a'], 'too-large', ['b']]],
  ])('%s', (_, text, rows) => {
    const whole = rowsOf([utf8(text)]);
    expect(whole.map(({ state, cells }) => (state === 'whole' ? cells : state))).toEqual(rows);
    for (const size of [1, 2, 3, 7, 500]) expect(rowsOf(inPieces(utf8(text), size))).toEqual(whole);
  });

  it('says where rows stand and whether they are ended', () => {
    expect(rowsOf([utf8('a,b\r\n"é"\nc')]).map(({ start, end, ended }) => [start, end, ended])).toEqual([
      [0, 3, true],
      [5, 9, true],
      [10, 11, false],
    ]);
  });

  it('reads what was written, however it is cut', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(table, fc.array(fc.nat(), { maxLength: 5 }), (rows, cuts) => {
        const text = rows.map((row) => `${row.map((each) => `"${each.replaceAll('"', '""')}"`).join(',')}\n`).join('');
        expect(rowsOf(cutAt(utf8(text), cuts)).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('reads any text without an exception, the same however it is cut', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '""', '",') });
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 5 }), (each, cuts) => {
        expect(rowsOf(cutAt(utf8(each), cuts))).toEqual(rowsOf([utf8(each)]));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('parseStructText', () => {
  it.each<[text: string, value: ReturnType<typeof parseStructText>]>([
    ['text', 'text'],
    ['', ''],
    ['null', null],
    ['{}', {}],
    ['[]', []],
    ['{a=b}', { a: 'b' }],
    ['{a=b, c=null}', { a: 'b', c: null }],
    ['{a=, b=}', { a: '', b: '' }],
    ['{a=x, y, b=z}', { a: 'x, y', b: 'z' }],
    ['{a=x=y}', { a: 'x=y' }],
    ['{a={b={c=d}}, e=f}', { a: { b: { c: 'd' } }, e: 'f' }],
    ['[a, b]', ['a', 'b']],
    ['[{arn=x, accountid=1}, {arn=y}]', [{ arn: 'x', accountId: '1' }, { arn: 'y' }]],
    [
      '{type=IAMUser, principalid=AIDA, sessioncontext={attributes={mfaauthenticated=false}}, username=hanako}',
      {
        type: 'IAMUser',
        principalId: 'AIDA',
        sessionContext: { attributes: { mfaAuthenticated: 'false' } },
        userName: 'hanako',
      },
    ],
    ['{a=b', { a: 'b' }],
    ['{a', {}],
    ['[a', ['a']],
    ['{a={b=c', { a: { b: 'c' } }],
    ['{=x}', { '': 'x' }],
  ])('%s', (text, value) => {
    expect(parseStructText(text)).toEqual(value);
  });

  it('gives names of prototypes as fields of their own', () => {
    const value = parseStructText('{__proto__=x, constructor=y}');
    expect(Object.entries(value as object)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '=', ', ', 'a', ','), maxLength: 40 }),
        (text) => {
          JSON.stringify(parseStructText(text));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('recordFromColumns', () => {
  it.each<[name: string, columns: readonly (readonly [string, string])[], record: object | undefined]>([
    [
      'names in any case',
      [
        ['EVENTNAME', 'X'],
        ['useragent', 'u'],
      ],
      { eventName: 'X', userAgent: 'u' },
    ],
    [
      'paths',
      [
        ['userIdentity.type', 'Root'],
        ['useridentity.sessionContext.attributes.mfaAuthenticated', 'true'],
      ],
      { userIdentity: { type: 'Root', sessionContext: { attributes: { mfaAuthenticated: 'true' } } } },
    ],
    [
      'booleans',
      [
        ['readonly', 'TRUE'],
        ['managementEvent', 'false'],
      ],
      { readOnly: true, managementEvent: false },
    ],
    [
      'JSON',
      [
        ['requestparameters', '{"a":[1]}'],
        ['resources', '[{"ARN":"x"}]'],
      ],
      { requestParameters: { a: [1] }, resources: [{ ARN: 'x' }] },
    ],
    ['structs', [['useridentity', '{type=Root, accountid=1}']], { userIdentity: { type: 'Root', accountId: '1' } }],
    [
      'empty and null as absent',
      [
        ['eventname', 'X'],
        ['errorcode', ''],
        ['errormessage', 'null'],
      ],
      { eventName: 'X' },
    ],
    [
      'columns of its own only',
      [
        ['count', '5'],
        ['_col1', 'x'],
      ],
      undefined,
    ],
    [
      'a path through a text',
      [
        ['eventName', 'X'],
        ['eventName.a', 'y'],
      ],
      { eventName: 'X' },
    ],
    [
      'a path through a prototype',
      [
        ['eventName', 'X'],
        ['requestParameters.__proto__.x', 'y'],
        ['requestParameters.constructor.prototype.x', 'y'],
      ],
      { eventName: 'X', requestParameters: {} },
    ],
    ['nothing', [], undefined],
  ])('%s', (_, columns, record) => {
    expect(recordFromColumns(columns)).toEqual(record);
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  it.each([
    [['eventtime', 'eventname'], true],
    [['eventTime', 'userIdentity.arn', 'n'], true],
    [['eventtime', 'n'], false],
    [['name', 'size'], false],
  ])('%j names fields of a record: %s', (header, names) => {
    expect(namesRecordFields(header)).toBe(names);
  });
});

describe('tables', () => {
  it.each<[name: string, text: string, records: readonly object[], losses: readonly string[]]>([
    [
      'the console: times, booleans, resources',
      'User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category\n' +
        'hanako,AKIAEXAMPLE5TGB6YHN7,2026-03-04T05:08:00Z,iam.amazonaws.com,CreateUser,us-east-1,203.0.113.24,aws-cli/2.31.1,,"[{""resourceType"":""AWS::IAM::User"",""resourceName"":""backup-svc""}]",r,e,false,AwsApiCall,111122223333,Management\n',
      [
        {
          userIdentity: { userName: 'hanako', accessKeyId: 'AKIAEXAMPLE5TGB6YHN7' },
          eventTime: '2026-03-04T05:08:00Z',
          eventSource: 'iam.amazonaws.com',
          eventName: 'CreateUser',
          awsRegion: 'us-east-1',
          sourceIPAddress: '203.0.113.24',
          userAgent: 'aws-cli/2.31.1',
          requestID: 'r',
          eventID: 'e',
          readOnly: false,
          eventType: 'AwsApiCall',
          recipientAccountId: '111122223333',
          eventCategory: 'Management',
          resources: [{ type: 'AWS::IAM::User', ARN: 'backup-svc' }],
        },
      ],
      [],
    ],
    [
      'the old console: its times are told of',
      'Event ID,Event time,User name,Event name,Resource type,Resources,AWS access key,AWS region,Error code,Source IP address\ne,"2020-05-08, 01:25:16 PM",root,CreateRole,,,,us-east-1,,203.0.113.24\n',
      [
        {
          eventID: 'e',
          eventTime: '2020-05-08T13:25:16Z',
          userIdentity: { userName: 'root' },
          eventName: 'CreateRole',
          awsRegion: 'us-east-1',
          sourceIPAddress: '203.0.113.24',
        },
      ],
      ['local-times'],
    ],
    [
      'a row with too few cells',
      'eventtime,eventname\nt\nt,X\n',
      [{ eventTime: 't', eventName: 'X' }],
      ['malformed-row'],
    ],
    [
      'a row with too many cells',
      'eventtime,eventname\nt,Y,z\nt,X\n',
      [{ eventTime: 't', eventName: 'X' }],
      ['malformed-row'],
    ],
    [
      'a last row with too few cells',
      'eventtime,eventname,errorcode\nt,X,\nt,Y',
      [{ eventTime: 't', eventName: 'X' }],
      ['truncated'],
    ],
    ['a row cut in quotes', 'eventtime,eventname\nt,X\nt,"Y', [{ eventTime: 't', eventName: 'X' }], ['truncated']],
    ['rows of blanks', ' \neventtime,eventname\n  \nt,X\n\t\n', [{ eventTime: 't', eventName: 'X' }], []],
    ['a row without any field', 'eventtime,eventname\n,\nt,X\n', [{ eventTime: 't', eventName: 'X' }], []],
  ])('%s', (_, text, records, losses) => {
    const read = readAll([utf8(text)]);
    expect(read.records.map(({ json }) => JSON.parse(json) as object)).toEqual(records);
    expect(lossesOf(read)).toEqual(losses);
    expect(readAll(inPieces(utf8(text), 1))).toEqual(read);
  });
});
