import type { DigestContent, IntegrityPorts, LogContent } from '../../core/integrity/ports';
import { FileWorkers, workerScript } from './fileWorkers';
import { PublicKeyCrypto } from './publicKeyCrypto';
import { hashLog, readDigest } from './readFiles';

/** Validation's view of the machine: files, hashes, signatures. */
export interface NodePorts extends IntegrityPorts {
  /** Ends what is under way; call it when validation is over or is to be cancelled. */
  stop(): void;
}

/**
 * Ports that read in worker threads. `inline`: in this thread, which blocks it; so it is also where there is no worker, for one or a few files, and
 * in tests.
 */
export function nodePorts({ inline = false, workers }: { inline?: boolean; workers?: number } = {}): NodePorts {
  const crypto = new PublicKeyCrypto();
  const signatures = {
    verify: crypto.verify.bind(crypto),
    fingerprints: crypto.fingerprints.bind(crypto),
  };
  const script = inline ? undefined : workerScript();
  if (script === undefined) {
    let stopped = false;
    return {
      ...signatures,
      readDigest: (path) => Promise.resolve(stopped ? { kind: 'cancelled' } : readDigest(path)),
      hashLog: async (path) => (stopped ? { kind: 'cancelled' } : hashLog(path)),
      stop: () => (stopped = true),
    };
  }
  const files = new FileWorkers(script, workers);
  return {
    ...signatures,
    readDigest: (path) => files.read({ kind: 'digest', path }) as Promise<DigestContent>,
    hashLog: (path) => files.read({ kind: 'log', path }) as Promise<LogContent>,
    stop: () => files.stop(),
  };
}
