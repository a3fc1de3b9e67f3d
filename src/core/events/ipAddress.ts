import ipaddr from 'ipaddr.js';

/** What the text in `sourceIPAddress` stands for. */
export type AddressKind =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'carrier-nat'
  | 'documentation'
  | 'reserved'
  | 'aws-internal'
  | 'aws-service'
  | 'unknown';

const KIND_OF_RANGE: Readonly<Record<string, AddressKind>> = {
  unicast: 'public',
  private: 'private',
  uniqueLocal: 'private',
  loopback: 'loopback',
  linkLocal: 'link-local',
  carrierGradeNat: 'carrier-nat',
};
/** RFC 5737 and RFC 3849: addresses for examples, met in anonymised logs. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32'].map((range) =>
  ipaddr.parseCIDR(range),
);

/** A DNS name has at most 253 characters, an address fewer. */
const LONGEST = 253;
const AWS_DOMAIN =
  /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|aws\.internal|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

/** Classifies the value of `sourceIPAddress`: an address, a service's DNS name, or `AWS Internal` with or without a number. */
export function addressKind(text: string): AddressKind {
  if (/^AWS Internal(\/.*)?$/.test(text)) return 'aws-internal';
  if (text.length > LONGEST) return 'unknown';
  if (AWS_DOMAIN.test(text) && /^[\w.-]+$/.test(text)) return 'aws-service';
  if (!ipaddr.IPv4.isValidFourPartDecimal(text) && !ipaddr.IPv6.isValid(text)) return 'unknown';
  const address = ipaddr.process(text);
  if (DOCUMENTATION.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits)))
    return 'documentation';
  return KIND_OF_RANGE[address.range()] ?? 'reserved';
}
