import { setMaxListeners } from 'node:events';
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SavedSignature } from '../core/integrity/signatures';
import { type AwsAccess, clientConfig } from './access';
import { type AwsProblem, awsProblem } from './awsProblem';

export interface DigestObject {
  readonly bucket: string;
  readonly key: string;
}

export interface FetchedSignatures {
  /** By the key of the digest. `signature` null: S3 has the object, and it has no signature. */
  readonly signatures: ReadonlyMap<string, SavedSignature>;
  /** Objects that are no longer there. */
  readonly gone: readonly DigestObject[];
  /** Objects that were refused; others were not. */
  readonly denied: readonly DigestObject[];
  /** Why the rest was not asked for; null when all were. */
  readonly problem: AwsProblem | null;
}

const AT_A_TIME = 16;
/** So many refusals without one answer mean that all will be. */
const ENOUGH_DENIED = 8;

/** Asks S3 for the metadata of digests (HeadObject). What came before a failure is answered with it. */
export async function fetchSignatures(
  access: AwsAccess,
  objects: readonly DigestObject[],
  options: { readonly signal?: AbortSignal; readonly onProgress?: (asked: number) => void } = {},
): Promise<FetchedSignatures> {
  // Every call under way listens for the end.
  if (options.signal !== undefined) setMaxListeners(AT_A_TIME * 4, options.signal);
  // The bucket may be in another Region than the profile's; endpoints of one's own seldom have a name for each bucket.
  const client = new S3Client({
    ...clientConfig(access),
    followRegionRedirects: true,
    forcePathStyle: access.endpoint !== undefined,
  });
  const fetching = new Fetching(client, access, objects, options);
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, objects.length) }, () => fetching.lane()));
  client.destroy();
  const { signatures, gone, denied, problem } = fetching;
  return { signatures, gone, denied, problem };
}

class Fetching {
  readonly signatures = new Map<string, SavedSignature>();
  readonly gone: DigestObject[] = [];
  readonly denied: DigestObject[] = [];
  problem: AwsProblem | null = null;
  private next = 0;
  private asked = 0;

  constructor(
    private readonly client: S3Client,
    private readonly access: AwsAccess,
    private readonly objects: readonly DigestObject[],
    private readonly options: { readonly signal?: AbortSignal; readonly onProgress?: (asked: number) => void },
  ) {}

  async lane(): Promise<void> {
    while (this.problem === null && this.next < this.objects.length) await this.one(this.objects[this.next++]!);
  }

  private async one(object: DigestObject): Promise<void> {
    const { signal, onProgress } = this.options;
    try {
      const command = new HeadObjectCommand({ Bucket: object.bucket, Key: object.key });
      const { Metadata = {} } = await this.client.send(command, { ...(signal && { abortSignal: signal }) });
      const timestamp = Metadata['backfill-generation-timestamp'];
      this.signatures.set(object.key, {
        signature: Metadata['signature'] ?? null,
        algorithm: Metadata['signature-algorithm'] ?? null,
        ...(timestamp !== undefined && { backfillGenerationTimestamp: timestamp }),
      });
    } catch (error) {
      this.fail(object, awsProblem(error, this.access, 's3:GetObject'));
    }
    onProgress?.(++this.asked);
  }

  /** One object that is not there, or not allowed, is no reason to stop. */
  private fail(object: DigestObject, problem: AwsProblem): void {
    if (problem.kind === 'not-found') this.gone.push(object);
    else if (problem.kind === 'denied') {
      this.denied.push(object);
      if (this.signatures.size === 0 && this.denied.length >= Math.min(ENOUGH_DENIED, this.objects.length)) {
        this.problem ??= problem;
      }
    } else this.problem ??= problem;
  }
}
