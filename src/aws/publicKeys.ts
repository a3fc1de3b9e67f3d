import { CloudTrailClient, type PublicKey, ListPublicKeysCommand } from '@aws-sdk/client-cloudtrail';
import { type AwsAccess, clientConfig } from './access';
import { type AwsProblem, awsProblem } from './awsProblem';

/** A key as the AWS CLI prints it, so that a file of them can be used with other tools. */
export interface FetchedKey {
  readonly Value: string;
  readonly Fingerprint: string;
  readonly ValidityStartTime: string | null;
  readonly ValidityEndTime: string | null;
}

export interface FetchedKeys {
  readonly keys: readonly FetchedKey[];
  /** Why there may be more; null when all came. */
  readonly problem: AwsProblem | null;
}

/** ListPublicKeys has as many keys as months; a list that goes on is one that leads in a circle. */
const MOST_PAGES = 100;

/** The public keys that were valid in a span, epoch ms, all pages. What came before a failure is answered with it. */
export async function fetchPublicKeys(
  access: AwsAccess,
  span: { readonly from: number; readonly to: number },
  signal?: AbortSignal,
): Promise<FetchedKeys> {
  const client = new CloudTrailClient(clientConfig(access));
  const keys = new Map<string, FetchedKey>();
  const answer = (problem: AwsProblem | null): FetchedKeys => ({ keys: [...keys.values()], problem });
  try {
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const command = new ListPublicKeysCommand({
        StartTime: new Date(span.from),
        EndTime: new Date(span.to),
        ...(token !== undefined && { NextToken: token }),
      });
      const { PublicKeyList = [], NextToken } = await client.send(command, { ...(signal && { abortSignal: signal }) });
      for (const key of PublicKeyList) take(keys, key);
      if (!NextToken || NextToken === token) break;
      token = NextToken;
    }
    return answer(null);
  } catch (error) {
    return answer(awsProblem(error, access, 'cloudtrail:ListPublicKeys'));
  } finally {
    client.destroy();
  }
}

function take(
  keys: Map<string, FetchedKey>,
  { Value, Fingerprint, ValidityStartTime, ValidityEndTime }: PublicKey,
): void {
  if (Value === undefined || Fingerprint === undefined) return;
  keys.set(Fingerprint, {
    Value: Buffer.from(Value).toString('base64'),
    Fingerprint,
    ValidityStartTime: ValidityStartTime?.toISOString() ?? null,
    ValidityEndTime: ValidityEndTime?.toISOString() ?? null,
  });
}
