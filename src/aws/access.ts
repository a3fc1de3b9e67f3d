import { fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** Whom AWS is asked as, and where. */
export interface AwsAccess {
  /** A profile of the user's AWS config; undefined: what the AWS CLI would use without `--profile`. */
  readonly profile: string | undefined;
  readonly region: string;
  /** Asks for the code of a multi-factor device, by its serial number or ARN. */
  readonly askCode?: (device: string) => Promise<string>;
  /** In place of AWS's own, for tests and for endpoints of the user's own. */
  readonly endpoint?: string | undefined;
}

/** A server that does not answer must not hold a command for ever. */
const CONNECTION_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Throttled calls are tried again with growing pauses, as often as this. */
const MOST_ATTEMPTS = 5;

/** What every client is made with. Credentials are looked up when the first call is made. */
export function clientConfig({ profile, region, askCode, endpoint }: AwsAccess) {
  return {
    region,
    credentials: fromNodeProviderChain({
      ...(profile !== undefined && { profile }),
      ...(askCode !== undefined && { mfaCodeProvider: askCode }),
      clientConfig: { region },
    }),
    maxAttempts: MOST_ATTEMPTS,
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
    ...(endpoint !== undefined && { endpoint }),
  };
}
