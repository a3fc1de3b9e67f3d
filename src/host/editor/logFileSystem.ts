import * as vscode from 'vscode';
import { type LaidOutLog, LogLayouter } from '../../core/events/laidOutLog';
import type { Problem } from '../../core/problem';
import { pacer } from '../../node/pacer';
import { readFileChunks } from '../../node/readFileChunks';
import { unpack } from '../../node/unpack';
import { zipMembers } from '../../node/zipFile';
import { localize } from '../common/localize';
import { requireSource } from './logUri';

/** What is remembered of a file that was laid out: everything but the text. */
export type LaidOutSummary = Omit<LaidOutLog, 'bytes'>;

/** Lays packed and minified logs out as read-only text. */
export class LogFileSystem {
  private readonly summaries = new Map<string, LaidOutSummary>();
  private readonly failures = new Map<string, string>();

  /** What is known of a document of this file system that was opened. */
  laidOut(uri: vscode.Uri): LaidOutSummary | undefined {
    return this.summaries.get(uri.toString());
  }

  /** Why a document of this file system could not be opened the last time it was tried. */
  failure(uri: vscode.Uri): string | undefined {
    return this.failures.get(uri.toString());
  }

  /** The file laid out. A damaged file gives what is whole in it; one that gives nothing at all is an error that says why. */
  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const { uri: file, part } = requireSource(uri);
    const problems: Problem[] = [];
    const layouter = new LogLayouter(part);
    const pause = pacer();
    for await (const chunk of contentOf(file, (problem) => void problems.push(problem))) {
      layouter.push(chunk);
      await pause();
    }
    const { bytes, ...summary } = await layouter.finish(pause);
    const all = [...problems, ...summary.problems];
    this.summaries.set(uri.toString(), { ...summary, problems: all });
    this.failures.delete(uri.toString());
    if (bytes.length === 0) {
      const reason = all.map(({ message }) => localize(message)).join(' ');
      this.failures.set(uri.toString(), reason);
      throw vscode.FileSystemError.Unavailable(reason);
    }
    return bytes;
  }
}

/** The unpacked content of a file; of a zip archive, that of the files in it one after another. */
async function* contentOf(uri: vscode.Uri, report: (problem: Problem) => void): AsyncGenerator<Uint8Array> {
  const packed = uri.scheme === 'file' ? readFileChunks(uri.fsPath, report) : remoteChunks(uri);
  const { chunks, isZip } = await unpack(packed, report);
  if (!isZip) {
    yield* chunks;
    return;
  }
  for await (const member of zipMembers(uri.fsPath, report))
    yield* (await unpack(member.chunks(report), report, member.packedBytes)).chunks;
}

async function* remoteChunks(uri: vscode.Uri): AsyncGenerator<Uint8Array> {
  yield await vscode.workspace.fs.readFile(uri);
}
