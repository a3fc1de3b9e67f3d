import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FetchedKey } from '../../aws/publicKeys';
import { Disposables } from '../common/disposables';

/** Where keys were fetched from, kept with them. */
export interface KeyOrigin {
  readonly profile: string;
  readonly region: string;
  /** ISO 8601. */
  readonly fetchedAt: string;
}

interface KeyFile {
  readonly origin: KeyOrigin;
  readonly PublicKeyList: readonly FetchedKey[];
}

/** Public keys that were fetched from AWS, a file for each profile and Region in the extension's global storage. */
export class KeyStore extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  readonly onDidChange = this.changed.event;
  readonly folder: string;
  /** How many keys there are and where they come from, in words; undefined when there are none. */
  summary: string | undefined;

  constructor(storage: vscode.Uri) {
    super();
    this.folder = join(storage.fsPath, 'public-keys');
  }

  /** Reads what there is. */
  async load(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    const files = await Promise.all(names.map((name) => this.read(join(this.folder, name))));
    const known = files.filter((file) => file !== undefined);
    const keys = new Set(known.flatMap(({ PublicKeyList }) => PublicKeyList.map(({ Fingerprint }) => Fingerprint)));
    const [latest] = known.map(({ origin }) => origin).sort((a, b) => (a.fetchedAt < b.fetchedAt ? 1 : -1));
    this.summary =
      latest === undefined || keys.size === 0
        ? undefined
        : vscode.l10n.t(
            '{0} keys fetched from AWS, last {1} in {2} as {3}',
            ...[keys.size, latest.fetchedAt.slice(0, 10), latest.region, latest.profile],
          );
    this.changed.fire();
  }

  /** Keeps keys beside those fetched before with the same profile in the same Region. */
  async add(origin: KeyOrigin, keys: readonly FetchedKey[]): Promise<void> {
    const path = join(this.folder, `${fileName(origin.profile)}-${fileName(origin.region)}.json`);
    const before = (await this.read(path))?.PublicKeyList ?? [];
    const all = new Map([...before, ...keys].map((key) => [key.Fingerprint, key]));
    const file: KeyFile = { origin, PublicKeyList: [...all.values()] };
    await mkdir(this.folder, { recursive: true });
    await writeFile(path, `${JSON.stringify(file, null, 2)}\n`);
    await this.load();
  }

  private async read(path: string): Promise<KeyFile | undefined> {
    try {
      const file = JSON.parse(await readFile(path, 'utf8')) as Partial<KeyFile>;
      return file.origin !== undefined && Array.isArray(file.PublicKeyList) ? (file as KeyFile) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Profiles may have any name; files may not. */
function fileName(text: string): string {
  return encodeURIComponent(text).replace(/[*.]/g, '_');
}
