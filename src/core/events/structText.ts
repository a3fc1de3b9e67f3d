/**
 * Athena and CloudTrail Lake print structs and maps as `{name=value, other={…}}` with no quotes at all. The text cannot be split for
 * sure: a value may hold a comma or an equals sign. This reads it the way it almost always is meant: a new field begins only at
 * `, name=` where the name is a word.
 */

/** Names as CloudTrail spells them, for tables that print them in lower case. */
const FIELD_NAMES = new Map(
  [
    ...[
      'type',
      'principalId',
      'arn',
      'accountId',
      'invokedBy',
      'accessKeyId',
      'userName',
      'identityProvider',
      'sessionContext',
    ],
    ...['attributes', 'mfaAuthenticated', 'creationDate', 'sessionIssuer', 'webIdFederationData', 'federatedProvider'],
    ...['ec2RoleDelivery', 'sourceIdentity', 'assumedRoot', 'onBehalfOf', 'userId', 'identityStoreArn', 'credentialId'],
    ...['inScopeOf', 'sourceArn', 'sourceAccount', 'issuerType', 'credentialsIssuedTo', 'signInSessionArn'],
    ...['tlsVersion', 'cipherSuite', 'clientProvidedHostHeader', 'keyExchange'],
  ].map((name) => [name.toLowerCase(), name]),
);

const NEXT_FIELD = /^, [A-Za-z_][\w.:-]*=/;
const DEEPEST = 32;

export type StructValue = string | null | StructValue[] | { [name: string]: StructValue };

/** Reads a struct, map or array text; anything else is itself, and the word `null` is null. */
export function parseStructText(text: string): StructValue {
  return new Reader(text).value(0, '');
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number, closers: string): StructValue {
    if (depth < DEEPEST && this.text[this.at] === '{') return this.struct(depth);
    if (depth < DEEPEST && this.text[this.at] === '[') return this.array(depth);
    const word = this.word(closers);
    return word === 'null' ? null : word;
  }

  private struct(depth: number): StructValue {
    const fields: { [name: string]: StructValue } = {};
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '}') {
      const equals = this.text.indexOf('=', this.at);
      if (equals < 0) break;
      const name = this.text.slice(this.at, equals).replace(/^, /, '');
      this.at = equals + 1;
      const value = this.value(depth + 1, '}');
      Object.defineProperty(fields, FIELD_NAMES.get(name.toLowerCase()) ?? name, {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    this.at++;
    return fields;
  }

  private array(depth: number): StructValue {
    const elements: StructValue[] = [];
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== ']') {
      elements.push(this.value(depth + 1, ',]'));
      if (this.text.startsWith(', ', this.at)) this.at += 2;
      else if (this.text[this.at] !== ']') break;
    }
    this.at++;
    return elements;
  }

  /** A bare value: up to the bracket that closes it, or to `, name=`. */
  private word(closers: string): string {
    const from = this.at;
    for (; this.at < this.text.length; this.at++) {
      const letter = this.text[this.at]!;
      if (closers.includes(letter) && letter !== ',') break;
      if (letter === ',' && (closers.includes(',') || NEXT_FIELD.test(this.text.slice(this.at, this.at + 80)))) break;
    }
    return this.text.slice(from, this.at);
  }
}
