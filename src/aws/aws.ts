/** What the extension asks of AWS. A bundle of its own: the SDK is loaded by the first command that says it calls AWS. */
export { type AwsProfile, listProfiles } from './profiles';
export { type FetchedKey, fetchPublicKeys } from './publicKeys';
export { type DigestObject, fetchSignatures } from './signatures';
