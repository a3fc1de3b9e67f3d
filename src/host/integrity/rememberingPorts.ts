import { stat } from 'node:fs/promises';
import type { LogContent } from '../../core/integrity/ports';
import { type NodePorts, nodePorts } from '../../node/integrity/nodePorts';

/** Hashes of logs that were read before, by path and by what the file system says of them: for looking again at what is new only. */
export class LogMemory {
  private readonly known = new Map<string, { readonly stamp: string; readonly content: LogContent }>();

  /** Ports that hash a log anew only when its file changed. */
  ports(): NodePorts {
    const ports = nodePorts();
    return { ...ports, hashLog: (path) => this.hash(path, ports) };
  }

  private async hash(path: string, ports: NodePorts): Promise<LogContent> {
    // The time of the last change of the entry, unlike that of the content, is not at anybody's choice.
    const stamp = await stat(path, { bigint: true }).then(
      ({ size, mtimeNs, ctimeNs, ino }) => [size, mtimeNs, ctimeNs, ino].join(' '),
      () => undefined,
    );
    const before = this.known.get(path);
    if (stamp !== undefined && before?.stamp === stamp) return before.content;
    const content = await ports.hashLog(path);
    if (stamp !== undefined && content.kind === 'hashed') this.known.set(path, { stamp, content });
    else this.known.delete(path);
    return content;
  }
}
