import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ACCOUNT, alice, assumeRole, call, roleSession } from '../fixtures/identities';
import { deliveredLog } from '../fixtures/oneRecord';
import { TestFolder, closeAll, openAsUser, positionOf, until } from './workspace';

const example = roleSession('ExampleRole', 'a', 'ASIAEXAMPLE');
const deploy = roleSession('DeployRole', 'svc', 'ASIADEPLOY', { created: '2026-03-04T05:10:00Z' });
/** The call that issues the first role is in one file, all that follows in another. */
const FIRST = [assumeRole({ by: alice, role: 'ExampleRole', name: 'a', key: 'ASIAEXAMPLE' })];
const SECOND = [
  assumeRole({ by: example, role: 'DeployRole', name: 'svc', key: 'ASIADEPLOY', time: '2026-03-04T05:10:00Z' }),
  call(deploy, { eventName: 'ListBuckets', eventSource: 's3.amazonaws.com', eventTime: '2026-03-04T05:11:00Z' }),
  call(deploy, { eventName: 'GetObject', eventSource: 's3.amazonaws.com', eventTime: '2026-03-04T05:12:00Z' }),
];

const isLaidOut = ({ document }: vscode.TextEditor): boolean => document.uri.scheme === 'cloudtrail-log';

async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    document.uri,
    100,
  );
  return lenses.flatMap(({ command }) => command?.title ?? []);
}

describe('sessions in the editor', () => {
  const folder = new TestFolder();
  let first: vscode.TextDocument;
  let second: vscode.TextDocument;

  before(async () => {
    await closeAll();
    const firstUri = folder.writePacked(deliveredLog(FIRST));
    const secondUri = folder.writePacked(deliveredLog(SECOND));
    first = (await openAsUser(firstUri, isLaidOut)).document;
    second = (await openAsUser(secondUri, (each) => isLaidOut(each) && each.document !== first)).document;
  });
  after(async () => {
    await closeAll();
    folder.dispose();
  });

  it('names who is behind a record over it, through a call in another open file', async () => {
    const titles = await until(async () => {
      const all = await lensTitles(second);
      return all.includes('Session: alice (IAMUser) → ExampleRole → DeployRole') ? all : undefined;
    }, 'the lenses');
    assert.ok(titles.includes('Session: alice (IAMUser) → ExampleRole → DeployRole'), titles.join('\n'));
    assert.equal(titles.filter((title) => title === 'Same principal').length, SECOND.length);
  });

  it('tells in a hover who it is, how sure that is, and why', async () => {
    const position = positionOf(second, 'ASIADEPLOY', second.getText().indexOf('ListBuckets'));
    const text = await until(async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        second.uri,
        position,
      );
      const all = hovers
        .flatMap(({ contents }) => (contents as vscode.MarkdownString[]).map(({ value }) => value))
        .join('\n');
      return all.includes('ExampleRole') ? all : undefined;
    }, 'the session in the hover');
    assert.match(text, /`alice \(IAMUser\) → ExampleRole → DeployRole`/);
    assert.match(text, /certain.*the answer of the call holds this access key/);
    assert.match(text, /Issued by AssumeRole at 2026/);
  });

  it('goes from an access key to the record that issued it', async () => {
    const [link] = await definition(second, positionOf(second, 'ASIADEPLOY', second.getText().indexOf('ListBuckets')));
    assert.equal(link?.targetUri.toString(), second.uri.toString());
    assert.match(second.getText(link.targetRange), /"roleSessionName": "svc"/);
    assert.equal(second.getText(link.targetSelectionRange), '"AssumeRole"');
  });

  it('goes to a record in another file', async () => {
    const [link] = await definition(second, positionOf(second, 'ASIAEXAMPLE'));
    assert.equal(link?.targetUri.toString(), first.uri.toString());
  });

  it('lists every record of an access key, in every open file', async () => {
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      second.uri,
      positionOf(second, 'ASIAEXAMPLE'),
    );
    assert.deepEqual(
      references.map(({ uri }) => uri.toString()).sort(),
      [first.uri.toString(), second.uri.toString()].sort(),
    );
    for (const { uri, range } of references) {
      const document = uri.toString() === first.uri.toString() ? first : second;
      assert.equal(document.getText(range), '"ASIAEXAMPLE"');
    }
  });

  it('lists every record of an address and of a principal', async () => {
    for (const [value, count] of [
      ['203.0.113.24', 4],
      [`arn:aws:sts::${ACCOUNT}:assumed-role/DeployRole/svc`, 3],
    ] as const) {
      const references = await vscode.commands.executeCommand<vscode.Location[]>(
        'vscode.executeReferenceProvider',
        second.uri,
        positionOf(second, value),
      );
      assert.equal(references.length, count, value);
    }
  });

  it('walks the role chain both ways', async () => {
    const prepared = await vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      second.uri,
      positionOf(second, 'ListBuckets'),
    );
    assert.equal(prepared[0]?.name, 'DeployRole/svc');
    const [up] = await incoming(prepared[0]);
    assert(up !== undefined);
    assert.equal(up.from.name, 'ExampleRole/a');
    assert.equal(up.from.uri.toString(), second.uri.toString());
    const [top] = await incoming(up.from);
    assert(top !== undefined);
    assert.equal(top.from.name, 'alice');
    assert.equal(top.from.uri.toString(), first.uri.toString());
    const [down] = await outgoing(top.from);
    assert.equal(down?.to.name, 'ExampleRole/a');
    const [bottom] = await outgoing(down.to);
    assert.equal(bottom?.to.name, 'DeployRole/svc');
    assert.deepEqual(await outgoing(bottom.to), []);
  });
});

describe('the Sessions view', () => {
  const folder = new TestFolder();
  after(async () => {
    await closeAll();
    folder.dispose();
  });

  it('opens on the session of the record at the cursor, and reads a folder', async () => {
    const uri = folder.writePacked(deliveredLog(SECOND));
    folder.writePacked(deliveredLog(FIRST));
    const editor = await openAsUser(uri, isLaidOut);
    const position = positionOf(editor.document, 'ListBuckets');
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('cloudtrail.showSession');
    await vscode.commands.executeCommand('cloudtrail.readFolderSessions', vscode.Uri.file(folder.path));
    // The chain goes on into a file that is not open: the folder was read.
    const titles = await until(async () => {
      const all = await lensTitles(editor.document);
      return all.includes('Session: alice (IAMUser) → ExampleRole → DeployRole') ? all : undefined;
    }, 'the chain through the folder');
    assert.ok(titles.includes('Session: alice (IAMUser) → ExampleRole → DeployRole'), titles.join('\n'));
    const [link] = await definition(editor.document, positionOf(editor.document, 'ASIAEXAMPLE'));
    assert.notEqual(link?.targetUri.toString(), editor.document.uri.toString());
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      editor.document.uri,
      positionOf(editor.document, 'ASIAEXAMPLE'),
    );
    assert.equal(new Set(references.map(({ uri: each }) => each.toString())).size, 2);
  });
});

async function definition(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.LocationLink[]> {
  return vscode.commands.executeCommand<vscode.LocationLink[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    position,
  );
}

function incoming(item: vscode.CallHierarchyItem): Thenable<(vscode.CallHierarchyIncomingCall | undefined)[]> {
  return vscode.commands.executeCommand('vscode.provideIncomingCalls', item);
}

function outgoing(item: vscode.CallHierarchyItem): Thenable<(vscode.CallHierarchyOutgoingCall | undefined)[]> {
  return vscode.commands.executeCommand('vscode.provideOutgoingCalls', item);
}
