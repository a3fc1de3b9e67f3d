import type { IntegrityReport } from '../../core/integrity/report';
import type { ReportInput, ReportOrigin } from '../../core/integrity/reportMarkdown';
import type { InputFile } from './inputFiles';
import { sha256 } from './readFiles';

/** What a report was made of. The hash of the copy is over the hashes and keys of its digests, a line each: they name the logs. */
export function reportOrigin(
  report: IntegrityReport,
  version: string,
  given: {
    readonly folders: readonly string[];
    readonly keys: readonly InputFile[];
    readonly signatures: readonly InputFile[];
  },
): ReportOrigin {
  const lines = report.chains.flatMap(({ digests }) =>
    digests.map((digest) => `${digest.sha256 ?? '-'}  ${digest.key}\n`),
  );
  const copy = sha256(Buffer.from(lines.sort().join('')));
  const inputs: ReportInput[] = [
    ...given.folders.map((path) => ({ kind: 'copy' as const, path, sha256: copy })),
    ...given.keys.map((file) => ({ kind: 'public-keys' as const, ...file })),
    ...given.signatures.map((file) => ({ kind: 'signatures' as const, ...file })),
  ];
  return { tool: 'CloudTrail Investigator', version, time: Date.now(), inputs };
}
