import * as vscode from 'vscode';

/** What a field of a digest, or of a log in it, says; undefined for one that CloudTrail does not document. */
export function fieldMeaning(name: string, ofLog: boolean): string | undefined {
  return ofLog ? logFieldMeaning(name) : digestFieldMeaning(name);
}

function logFieldMeaning(name: string): string | undefined {
  switch (name) {
    case 's3Bucket':
      return vscode.l10n.t('the bucket the log was delivered to.');
    case 's3Object':
      return vscode.l10n.t('the key of the log. A link leads to the file in this copy.');
    case 'hashValue':
      return vscode.l10n.t('SHA-256 of the unpacked log. Packing it again in another way changes nothing.');
    case 'hashAlgorithm':
      return vscode.l10n.t('how the hash was made; CloudTrail uses SHA-256.');
    case 'newestEventTime':
      return vscode.l10n.t('time of the newest event in the log.');
    case 'oldestEventTime':
      return vscode.l10n.t('time of the oldest event in the log.');
    default:
      return undefined;
  }
}

function digestFieldMeaning(name: string): string | undefined {
  switch (name) {
    case 'awsAccountId':
      return vscode.l10n.t('the account whose logs it names.');
    case 'digestStartTime':
      return vscode.l10n.t('the digest names the logs that were delivered from here on.');
    case 'digestEndTime':
      return vscode.l10n.t('the digest names the logs that were delivered up to here. It is part of what was signed.');
    case 'digestS3Bucket':
      return vscode.l10n.t('the bucket it was written to. It is part of what was signed, so a digest cannot be moved.');
    case 'digestS3Object':
      return vscode.l10n.t('the key it was written to. It is part of what was signed, so a digest cannot be moved.');
    case 'digestPublicKeyFingerprint':
      return vscode.l10n.t('names the public key that fits its signature: the MD5 of the key.');
    case 'digestSignatureAlgorithm':
      return vscode.l10n.t('how it was signed. The signature itself is metadata of the object in S3.');
    case 'newestEventTime':
      return vscode.l10n.t('time of the newest event in all its logs; null when it names none.');
    case 'oldestEventTime':
      return vscode.l10n.t('time of the oldest event in all its logs; null when it names none.');
    case 'previousDigestS3Bucket':
    case 'previousDigestS3Object':
      return vscode.l10n.t('the digest before this one; null where logging was started anew.');
    case 'previousDigestHashValue':
      return vscode.l10n.t('SHA-256 of the digest before, unpacked: the link of the chain.');
    case 'previousDigestHashAlgorithm':
      return vscode.l10n.t('how that hash was made; CloudTrail uses SHA-256.');
    case 'previousDigestSignature':
      return vscode.l10n.t('the signature of the digest before. With it that one can be proven from a copy on disk.');
    case 'logFiles':
      return vscode.l10n.t('the logs that were delivered in its time; a log that was deleted is still named here.');
    default:
      return undefined;
  }
}
