import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { deliveredLog, oneRecord as record } from '../fixtures/oneRecord';
import { TestFolder, closeAll, openAsUser, positionOf, until } from './workspace';

const RECORDS = [
  record(),
  record({ eventSource: 'cloudtrail.amazonaws.com', eventName: 'StopLogging', eventTime: '2026-03-04T05:10:00Z' }),
  record({
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateUser',
    errorCode: 'AccessDenied',
    eventTime: '2026-03-04T05:11:00Z',
  }),
  record({
    userIdentity: { type: 'Root', accountId: '111122223333', arn: 'arn:aws:iam::111122223333:root' },
    eventName: 'ListBuckets',
    eventSource: 's3.amazonaws.com',
  }),
];

async function hoverText(document: vscode.TextDocument, text: string, from = 0): Promise<string> {
  const position = positionOf(document, text, from);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers.flatMap(({ contents }) => (contents as vscode.MarkdownString[]).map(({ value }) => value)).join('\n');
}

describe('the log editor', () => {
  const folder = new TestFolder();
  let editor: vscode.TextEditor;
  let document: vscode.TextDocument;

  before(async () => {
    const uri = folder.writePacked(deliveredLog(RECORDS));
    editor = await openAsUser(uri, (each) => each.document.uri.scheme === 'cloudtrail-log');
    ({ document } = editor);
  });
  after(async () => {
    await closeAll();
    folder.dispose();
  });

  it('has one symbol a record', async () => {
    const symbols = await until(async () => {
      const all = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      const own = all?.filter(({ name }) => RECORDS.some(({ eventName }) => eventName === name));
      return own?.length === RECORDS.length ? own : undefined;
    }, 'the symbols');
    assert.deepEqual(symbols.map(({ name }) => name).sort(), [
      'CreateUser',
      'DescribeInstances',
      'ListBuckets',
      'StopLogging',
    ]);
  });

  it('puts a line over each record', async () => {
    const lenses = await until(async () => {
      const all = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        100,
      );
      return all.length >= RECORDS.length ? all : undefined;
    }, 'the lenses');
    const titles = lenses.map(({ command }) => command?.title ?? '');
    assert.ok(
      titles.some((title) => /^2026-03-04T05:10:00Z · StopLogging · hanako → cloudtrail · us-east-1 · ok$/.test(title)),
      titles.join('\n'),
    );
    assert.ok(
      titles.some((title) => /high/.test(title)),
      titles.join('\n'),
    );
  });

  it('gives lenses commands that are registered and have no arguments, which VS Code would forget', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      document.uri,
      100,
    );
    const commands = lenses.flatMap(({ command }) =>
      command === undefined || command.command === '' ? [] : [command],
    );
    assert.ok(commands.some(({ title }) => title === 'Same principal'));
    assert.ok(commands.some(({ title }) => /1 finding/.test(title)));
    const registered = new Set(await vscode.commands.getCommands());
    for (const { title, command, arguments: given = [] } of commands) {
      assert.ok(registered.has(command), title);
      assert.deepEqual(given, [], title);
    }
  });

  it('reports severe findings as problems with a link to ATT&CK', async () => {
    const found = await until(() => {
      const all = vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'CloudTrail');
      return all.length > 0 ? all : undefined;
    }, 'the problems');
    const stop = found.find(({ message }) => message.includes('StopLogging'));
    assert.ok(stop);
    assert.equal(document.getText(stop.range), '"StopLogging"');
    const code = stop.code as { value: string; target: vscode.Uri };
    assert.match(code.value, /^T\d{4}/);
    assert.equal(code.target.authority, 'attack.mitre.org');
  });

  const hovers: [what: string, at: string, expected: RegExp][] = [
    ['an identity type', '"Root"', /Account root user/],
    ['an error code', '"AccessDenied"', /denied/],
    ['a risky event', '"StopLogging"', /Check.*attack\.mitre\.org/s],
    ['an access key', '"AKIAEXAMPLE5TGB6YHN7"', /long\\-term access key/],
    ['an ARN', '"arn:aws:iam::111122223333:root"', /service `iam`/],
    ['an address', '"203.0.113.24"', /reserved for examples/],
    ['a user agent', '"aws-cli/2.31.1', /AWS CLI/],
    ['a time', '"2026-03-04T05:11:00Z"', /UTC.*1 min 0?s? ?after|UTC/s],
    ['a field', '"sourceIPAddress"', /\$\.sourceIPAddress/],
  ];
  for (const [what, at, expected] of hovers) {
    it(`explains ${what} on hover`, async () => assert.match(await hoverText(document, at), expected));
  }

  it('goes from finding to finding and around', async () => {
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const visited: string[] = [];
    for (let i = 0; i < 4; i++) {
      await vscode.commands.executeCommand('cloudtrail.nextFinding');
      visited.push(document.lineAt(editor.selection.active.line).text.trim());
    }
    assert.deepEqual(
      visited.map((line) => /"eventName": "(\w+)"/.exec(line)?.[1]),
      ['StopLogging', 'CreateUser', 'ListBuckets', 'StopLogging'],
    );
    await vscode.commands.executeCommand('cloudtrail.previousFinding');
    assert.match(document.lineAt(editor.selection.active.line).text, /ListBuckets/);
  });

  it('copies the record at the cursor', async () => {
    const position = positionOf(document, '"StopLogging"');
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('cloudtrail.copyRecord');
    assert.deepEqual(JSON.parse(await vscode.env.clipboard.readText()), RECORDS[1]);
  });

  it('copies the path of the field at the cursor', async () => {
    const position = positionOf(document, '"hanako"');
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('cloudtrail.copyFieldPath');
    assert.equal(await vscode.env.clipboard.readText(), '$.userIdentity.userName');
  });

  it('escapes log text in hovers', async () => {
    const evil = '![x](https://evil.example/a.png) <img src=x> [c](command:workbench.action.quit) `code` $(zap)';
    const uri = folder.writePacked(deliveredLog([record({ userAgent: evil, userIdentity: { type: evil } })]));
    const other = await openAsUser(uri, ({ document: each }) => each.getText().includes('evil.example'));
    const text = await hoverText(other.document, '"![x]', other.document.getText().indexOf('"userAgent"'));
    assert.doesNotMatch(text, /(^|[^\\`])!\[x\]\(/);
    assert.doesNotMatch(text, /<img/);
  });

  it('follows edits of a log in place', async () => {
    const uri = folder.write(JSON.stringify({ Records: [record()] }, null, 2), 'edited.json');
    const other = await openAsUser(uri, ({ document: each }) => each.uri.path === uri.path);
    const names = async (): Promise<string[]> => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        100,
      );
      return lenses.map(({ command }) => command?.title ?? '');
    };
    await until(
      async () => ((await names()).some((title) => title.includes('DescribeInstances')) ? true : undefined),
      'the lens',
    );
    const start = other.document.getText().indexOf('DescribeInstances');
    const range = new vscode.Range(
      other.document.positionAt(start),
      other.document.positionAt(start + 'DescribeInstances'.length),
    );
    await other.edit((edit) => edit.replace(range, 'TerminateInstances'));
    await until(
      async () => ((await names()).some((title) => title.includes('TerminateInstances')) ? true : undefined),
      'the new lens',
    );
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
