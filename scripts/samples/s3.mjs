// What calls to S3 have beyond other calls.
import { s3ExtendedId } from './record.mjs';
import { HOME_REGION } from './world.mjs';

/** A call about a bucket: a management event. `query` is the sub-resource in the URL, as in `?policy`. */
export function bucketCall(account, bucketName, query, { request = {}, received = 0, sent = 0, ...rest } = {}) {
  const host = `${bucketName}.s3.${HOME_REGION}.amazonaws.com`;
  return {
    request: { ...request, bucketName, Host: host, [query]: '' },
    additional: transfer(`${bucketName} ${query}`, received, sent),
    resources: [bucketResource(account, bucketName)],
    touched: [['AWS::S3::Bucket', bucketName]],
    host,
    ...rest,
  };
}

/** A call about an object: a data event. `sent` counts the bytes that left S3. */
export function objectCall(account, bucketName, key, { request = {}, received = 0, sent = 0, signed = true, ...rest } = {}) {
  const host = `${bucketName}.s3.${HOME_REGION}.amazonaws.com`;
  return {
    category: 'Data',
    request: { ...request, bucketName, Host: host, key },
    additional: transfer(`${bucketName} ${key}`, received, sent, signed),
    resources: [{ type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucketName}/${key}` }, bucketResource(account, bucketName)],
    host,
    ...rest,
  };
}

/** A listing is a data event about all objects of a prefix. */
export function listingCall(account, bucketName, prefix, sent) {
  const call = objectCall(account, bucketName, prefix, { sent });
  const { bucketName: name, Host } = call.request;
  return {
    ...call,
    request: { 'list-type': '2', bucketName: name, prefix, 'encoding-type': 'url', Host },
    resources: [{ type: 'AWS::S3::Object', ARNPrefix: `arn:aws:s3:::${bucketName}/${prefix}` }, bucketResource(account, bucketName)],
  };
}

function transfer(name, bytesTransferredIn, bytesTransferredOut, signed = true) {
  return {
    ...(signed && { SignatureVersion: 'SigV4' }),
    CipherSuite: 'TLS_AES_128_GCM_SHA256',
    bytesTransferredIn,
    ...(signed && { AuthenticationMethod: 'AuthHeader' }),
    'x-amz-id-2': s3ExtendedId(name),
    bytesTransferredOut,
  };
}

function bucketResource(accountId, bucketName) {
  return { accountId, type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucketName}` };
}
