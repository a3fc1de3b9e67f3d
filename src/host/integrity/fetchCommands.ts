import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { parseDigestName } from '../../core/integrity/objectKey';
import { type SavedSignature, parseSignatureEntries, signaturesText } from '../../core/integrity/signatures';
import { listCopy } from '../../node/integrity/inputFiles';
import { localize } from '../common/localize';
import { type LoadAws, askCode, askRegion, chooseProfile, requireTrust } from './awsChoices';
import type { IntegritySession } from './integritySession';
import type { KeyStore } from './keyStore';

const DAY_MS = 86_400_000;
/** Log file validation began in 2015; AWS keeps the keys since. */
const FIRST_KEYS = Date.UTC(2015, 5, 1);

/** The commands that call AWS, and say so. */
export class FetchCommands {
  /** By command. */
  readonly handlers = {
    fetchDigestKeys: () => this.fetchKeys(),
    fetchDigestSignatures: () => this.fetchSignatures(),
  };

  constructor(
    private readonly session: IntegritySession,
    private readonly keyStore: KeyStore,
    private readonly loadAws: LoadAws,
  ) {}

  private async fetchKeys(): Promise<void> {
    if (!(await requireTrust())) return;
    const title = vscode.l10n.t('Fetch digest public keys from AWS');
    const aws = await this.loadAws();
    const profile = await chooseProfile(aws, title);
    if (profile === undefined) return;
    const spans = await this.spansByRegion();
    if (spans.size === 0) {
      const region = await askRegion(title, profile.region);
      if (region === undefined) return;
      spans.set(region, { from: FIRST_KEYS, to: Date.now() });
    }
    await withProgress(title, async (report, signal) => {
      for (const [region, span] of spans) {
        report(region);
        const access = { profile: profile.name, region, askCode };
        const { keys, problem } = await aws.fetchPublicKeys(access, span, signal);
        if (keys.length > 0) {
          const fetchedAt = new Date().toISOString();
          await this.keyStore.add({ profile: profile.name ?? 'default', region, fetchedAt }, keys);
        }
        tellResult(
          vscode.l10n.t('{0} public keys of {1} were fetched.', keys.length, region),
          problem && localize(problem.message),
          problem?.kind,
        );
        if (problem !== null) return;
      }
      // Keys that were given before stand in the way of those that were asked for now.
      await this.session.inputs.use('keys', undefined);
      if (this.session.inputs.folder !== undefined) await this.session.run();
    });
  }

  /** The home Regions of the trails in the folder, and the time that the keys must cover. */
  private async spansByRegion(): Promise<Map<string, { from: number; to: number }>> {
    const spans = new Map<string, { from: number; to: number }>();
    const { folder } = this.session.inputs;
    if (folder === undefined) return spans;
    for (const path of (await listCopy([folder])).paths) {
      const name = parseDigestName(path.replaceAll('\\', '/'));
      if (name === undefined) continue;
      const { from = Infinity, to = -Infinity } = spans.get(name.homeRegion) ?? {};
      // Backfill digests are signed later than the time they are named for.
      const last = name.backfill ? Date.now() : Math.min(name.time + DAY_MS, Date.now());
      spans.set(name.homeRegion, { from: Math.min(from, name.time - DAY_MS), to: Math.max(to, last) });
    }
    return spans;
  }

  private async fetchSignatures(): Promise<void> {
    if (!(await requireTrust())) return;
    const title = vscode.l10n.t('Fetch missing digest signatures from S3');
    if (this.session.inputs.folder === undefined && !(await this.session.inputs.choose('folder'))) return;
    const { report } = this.session.last ?? (await this.session.run()) ?? {};
    if (report === undefined) return;
    const unproven = report.chains.flatMap(({ digests }) => digests.filter(({ verdict }) => verdict === 'unproven'));
    const objects = unproven.flatMap(({ bucket, key }) => (bucket === null ? [] : [{ bucket, key }]));
    if (objects.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('No digest lacks a signature: nothing is to be fetched.'),
      );
      return;
    }
    const aws = await this.loadAws();
    const profile = await chooseProfile(aws, title);
    const target = profile && (await this.askTarget());
    if (profile === undefined || target === undefined) return;
    await withProgress(title, async (report, signal) => {
      const access = { profile: profile.name, region: profile.region ?? regionOf(objects[0]!.key), askCode };
      const found = await aws.fetchSignatures(access, objects, {
        signal,
        onProgress: (asked) => report(vscode.l10n.t('{0} of {1}', asked, objects.length), 100 / objects.length),
      });
      if (found.signatures.size > 0) await this.keepSignatures(target, found.signatures);
      const missing = found.gone.length + found.denied.length;
      const lost =
        missing === 0 ? '' : ` ${vscode.l10n.t('{0} were not to be had: S3 has them no longer, or refused.', missing)}`;
      tellResult(
        vscode.l10n.t('{0} signatures were fetched.', found.signatures.size) + lost,
        found.problem && localize(found.problem.message),
        found.problem?.kind,
      );
    });
  }

  private async askTarget(): Promise<string | undefined> {
    const { folder, signatures } = this.session.inputs;
    const suggested = signatures ?? join(folder ?? '', '..', 'digest-signatures.json');
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save digest signatures'),
      defaultUri: vscode.Uri.file(suggested),
      filters: { JSON: ['json'] },
    });
    return target?.fsPath;
  }

  /** Adds to what the file has already. */
  private async keepSignatures(path: string, fetched: ReadonlyMap<string, SavedSignature>): Promise<void> {
    const before = await readFile(path, 'utf8').catch(() => '{}');
    const all = new Map([...parseSignatureEntries(before).entries, ...fetched]);
    await writeFile(path, signaturesText(all));
    await this.session.inputs.use('signatures', path);
    await this.session.run();
  }
}

function regionOf(key: string): string {
  return parseDigestName(key)?.homeRegion ?? 'us-east-1';
}

/** Runs work with a notification that can cancel it. */
async function withProgress(
  title: string,
  work: (report: (message: string, increment?: number) => void, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      await work(
        (message, increment) => progress.report({ message, ...(increment !== undefined && { increment }) }),
        abort.signal,
      );
    },
  );
}

/** What came, and why no more did. Cancelling needs no word. */
function tellResult(done: string, problem: string | null, kind: string | undefined): void {
  if (problem === null) void vscode.window.showInformationMessage(done);
  else if (kind !== 'cancelled') void vscode.window.showErrorMessage(`${problem} ${done}`);
}
