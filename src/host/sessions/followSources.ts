import type * as vscode from 'vscode';
import type { Investigation } from '../investigation/investigation';
import type { SourceSessions } from './sourceSessions';

/** Sources whose unpacked logs have more bytes than this are read for sessions only when somebody asks. */
const MOST_BYTES = 300_000_000;

/** Keeps the sessions with the investigation: when its sources are read, those sessions are followed, too. */
export function followSources(investigation: Investigation, sessions: SourceSessions): vscode.Disposable {
  let version = 0;
  return investigation.onDidChange(() => {
    const { state } = investigation;
    if (state.kind === 'empty' && version !== 0) {
      version = 0;
      void sessions.use([]);
    }
    // The worker may have ended, and another numbers its tables from the first again.
    if (state.kind === 'failed') version = 0;
    if (state.kind !== 'ready' || state.info.version === version) return;
    version = state.info.version;
    if (state.info.unpackedBytes <= MOST_BYTES) void sessions.use(investigation.sources.map(({ fsPath }) => fsPath));
  });
}
