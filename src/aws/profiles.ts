import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader';

/** A profile of the user's AWS config, as far as a person needs it to choose. */
export interface AwsProfile {
  readonly name: string;
  readonly region: string | undefined;
  /** How it signs in, in a word of AWS's own config: `sso`, `role`, `process`, `keys`. */
  readonly kind: 'sso' | 'role' | 'process' | 'keys' | 'other';
}

/** The profiles in `~/.aws/config` and `~/.aws/credentials`, or wherever the environment says they are. None when there are no such files. */
export async function listProfiles(): Promise<AwsProfile[]> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return [...names]
    .filter((name) => !/^(sso-session|services)\b/.test(name))
    .map((name) => profileOf(name, { ...configFile[name], ...credentialsFile[name] }))
    .sort((a, b) => (a.name === 'default' ? -1 : b.name === 'default' ? 1 : a.name < b.name ? -1 : 1));
}

function profileOf(name: string, values: Readonly<Record<string, string | undefined>>): AwsProfile {
  const has = (key: string): boolean => values[key] !== undefined;
  const kind =
    has('sso_session') || has('sso_start_url')
      ? 'sso'
      : has('role_arn')
        ? 'role'
        : has('credential_process')
          ? 'process'
          : has('aws_access_key_id')
            ? 'keys'
            : 'other';
  return { name, region: values['region'], kind };
}
