import { describe, expect, it } from 'vitest';
import errorData from '../../../src/core/events/data/error-codes.json';
import idData from '../../../src/core/events/data/identifiers.json';
import identityData from '../../../src/core/events/data/identity-types.json';
import fieldData from '../../../src/core/events/data/record-fields.json';
import { type ErrorClass, ErrorCodes } from '../../../src/core/events/errorCodes';
import { readEvent } from '../../../src/core/events/event';
import { FieldReference } from '../../../src/core/events/fieldReference';
import { Identifiers } from '../../../src/core/events/identifiers';
import { IdentityTypes } from '../../../src/core/events/identityTypes';
import { RecordView } from '../../../src/core/events/recordView';
import { targetName } from '../../../src/core/events/target';
import { TextIndex, positionWithin } from '../../../src/core/events/textIndex';
import { inPieces, utf8 } from '../../fixtures/bytes';

const view = (record: object): RecordView => new RecordView(utf8(JSON.stringify(record)));

describe('FieldReference', () => {
  const fields = new FieldReference(fieldData);
  it.each<[path: readonly (string | number)[], found: string | undefined]>([
    [['eventName'], 'eventName'],
    [
      ['userIdentity', 'sessionContext', 'attributes', 'mfaAuthenticated'],
      'userIdentity.sessionContext.attributes.mfaAuthenticated',
    ],
    [['resources', 0, 'ARN'], 'resources[].ARN'],
    [['resources', 17, 'ARN'], 'resources[].ARN'],
    [['eventContext', 'requestContext', 'aws:SourceIdentity'], 'eventContext.requestContext.aws:SourceIdentity'],
    [['requestParameters', 'nothing of this name'], undefined],
    [['toString'], undefined],
    [[], undefined],
  ])('%j is %s', (path, found) => {
    expect(fields.find(path)?.path).toBe(found);
  });

  it('holds every field of the data once', () => {
    expect([...fields.fields].length).toBe(fieldData.fields.length);
  });
});

describe('ErrorCodes', () => {
  const codes = new ErrorCodes(errorData);
  it('finds every code and alias, with and without a prefix', () => {
    for (const { code, aliases } of errorData.codes) {
      expect(codes.find(code)?.code).toBe(code);
      expect(codes.find(`Client.${code}`)).toBeDefined();
      for (const alias of aliases) expect(codes.find(alias)).toBeDefined();
    }
  });

  it.each<[code: string, kind: ErrorClass]>([
    ['AccessDenied', 'authorization'],
    ['Client.UnauthorizedOperation', 'authorization'],
    ['SomethingNew.AccessDenied', 'authorization'],
    ['NoSuchThingException', 'not-found'],
    ['DryRunOperation', 'dry-run'],
    ['constructor', 'other'],
    ['', 'other'],
  ])('%s is of class %s', (code, kind) => {
    expect(codes.classOf(code)).toBe(kind);
  });
});

describe('Identifiers', () => {
  const identifiers = new Identifiers(idData);
  it.each([
    ['AKIAEXAMPLE5TGB6YHN7', 'long-term access key'],
    ['AROAEXAMPLE8IK9OL0P1Q:session', 'role'],
    ['akia', undefined],
    ['', undefined],
  ])('the kind of %s is %s', (id, kind) => {
    expect(identifiers.kindOf(id)?.kind).toBe(kind);
  });

  it('knows what stands for a value that is not shown', () => {
    for (const { text, meaning } of idData.markers) expect(identifiers.marker(text)?.meaning).toBe(meaning);
    expect(identifiers.marker('hanako')).toBeUndefined();
  });
});

describe('IdentityTypes', () => {
  const types = new IdentityTypes(identityData);
  const variants = (record: object): string[] =>
    types.variantsOf(readEvent(view(record))).map(({ variant }) => variant);

  it('finds every type, and no other', () => {
    for (const { type, label } of identityData.types) expect(types.find(type)?.label).toBe(label);
    expect(types.find('Nobody')).toBeUndefined();
  });

  it.each<[record: object, found: readonly string[]]>([
    [
      {
        userIdentity: {
          type: 'AssumedRole',
          sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::1:role/aws-service-role/x/AWSServiceRoleForX' } },
        },
      },
      ['Service-linked role session'],
    ],
    [
      {
        userIdentity: {
          type: 'AssumedRole',
          sessionContext: { sessionIssuer: { userName: 'AWSReservedSSO_Admin_0123' } },
        },
      },
      ['IAM Identity Center session'],
    ],
    [
      { userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/Web/i-0123456789abcdef0' } },
      ['EC2 instance session'],
    ],
    [{ userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::1:assumed-role/Web/i-am-not-one' } }, []],
    [{ userAgent: 'Boto3/1.40.0 exec-env/AWS_Lambda_python3.13' }, ['Lambda session']],
    [
      { userIdentity: { type: 'IAMUser', sessionContext: { attributes: { mfaAuthenticated: 'true' } } } },
      ['MFA session'],
    ],
    [{ userIdentity: { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL' } }, ['Anonymous']],
    [
      { userIdentity: { type: 'IAMUser', userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' } },
      ['Failed sign-in with unknown name'],
    ],
    [{ userIdentity: { type: 'Root' } }, []],
  ])('%j is %j', (record, found) => {
    expect(variants(record)).toEqual(found);
  });
});

describe('targetName', () => {
  it.each<[record: object, target: string | undefined]>([
    [{ requestParameters: { userName: 'backup-svc' } }, 'backup-svc'],
    [{ requestParameters: { roleArn: 'arn:aws:iam::1:role/ci/Deployer', roleSessionName: 's' } }, 'Deployer'],
    [{ requestParameters: { bucketName: 'b', key: 'a/b.txt' } }, 'b/a/b.txt'],
    [{ requestParameters: { bucketName: 'b' } }, 'b'],
    [{ requestParameters: { instancesSet: { items: [{ instanceId: 'i-1' }] } } }, 'i-1'],
    [{ requestParameters: { userName: '' }, resources: [{ ARN: 'arn:aws:s3:::b/k' }] }, 'k'],
    [{ requestParameters: { userName: { a: 1 } }, eventSource: 'iam.amazonaws.com' }, 'iam'],
    [{ requestParameters: null, eventSource: 'sts.amazonaws.com' }, 'sts'],
    [{}, undefined],
  ])('%j acts on %s', (record, target) => {
    expect(targetName(readEvent(view(record)), view(record))).toBe(target);
  });
});

describe('positions in a text', () => {
  const TEXT = 'ab\n日本😀x\n\nlast';
  const lines = TEXT.split('\n');

  it.each([1, 2, 5, Infinity])('are those of an editor, in pieces of %d', (size) => {
    const index = new TextIndex();
    for (const piece of inPieces(utf8(TEXT), size)) index.push(piece);
    expect(index.lineCount).toBe(lines.length);
    lines.forEach((text, line) => {
      for (let character = 0; character <= text.length; character++) {
        // Between the halves of a surrogate pair there is no byte.
        if (/[\udc00-\udfff]/.test(text[character] ?? '')) continue;
        const offset = utf8([...lines.slice(0, line), text.slice(0, character)].join('\n')).length;
        expect(index.positionAt(offset, (each) => lines[each]!)).toEqual({ line, character });
        expect(positionWithin(utf8(TEXT), offset, { line: 0, character: 0 })).toEqual({ line, character });
        expect(index.lineAt(offset)).toBe(line);
      }
      expect(index.lineStart(line)).toBe(
        utf8(
          lines
            .slice(0, line)
            .map((each) => `${each}\n`)
            .join(''),
        ).length,
      );
    });
  });

  it('count on from where a part begins', () => {
    expect(positionWithin(utf8('ab\ncd'), 1, { line: 4, character: 10 })).toEqual({ line: 4, character: 11 });
    expect(positionWithin(utf8('ab\ncd'), 4, { line: 4, character: 10 })).toEqual({ line: 5, character: 1 });
  });

  it('are found in a text of many lines', () => {
    const index = new TextIndex();
    index.push(utf8('x\n'.repeat(5000)));
    expect(index.lineCount).toBe(5001);
    expect(index.positionAt(8001, () => '')).toEqual({ line: 4000, character: 1 });
  });
});
