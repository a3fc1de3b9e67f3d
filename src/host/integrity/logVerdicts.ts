import { judgeLog } from '../../core/integrity/logs';
import type { LogResult } from '../../core/integrity/report';
import type { NodePorts } from '../../node/integrity/nodePorts';
import type { DigestDocument } from './digestDocument';
import { LogMemory } from './rememberingPorts';

/** Compares the logs that a digest names with the files on disk; what was hashed once is not hashed again. */
export class LogVerdicts {
  private readonly memory = new LogMemory();
  private ports: NodePorts | undefined;

  /** The verdict on one log of an open digest; undefined when the copy does not tell where the log should be. */
  async of(digest: DigestDocument, log: number): Promise<LogResult | undefined> {
    const [bucket, key, hash] = ['s3Bucket', 's3Object', 'hashValue'].map((name) => digest.logField(log, name));
    if (!key || !hash) return undefined;
    const path = digest.localPath(key);
    if (path === undefined) return undefined;
    this.ports ??= this.memory.ports();
    const content = await this.ports.hashLog(path);
    return judgeLog({ bucket: bucket ?? '', key, hash, hashAlgorithm: null }, path, content, null);
  }

  dispose(): void {
    this.ports?.stop();
  }
}
