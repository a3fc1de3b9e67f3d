/** The kind of client that a `userAgent` says it is. It is what the client claims: anyone can write it. */
export type AgentKind =
  | 'console'
  | 'browser'
  | 'cli'
  | 'cloudshell'
  | 'terraform'
  | 'sdk'
  | 'service'
  | 'aws-internal'
  | 'attack-tool'
  | 'other';

export interface Agent {
  readonly kind: AgentKind;
  /** The product's name, with its version where it gives one, e.g. `aws-cli/2.31.1`. */
  readonly product: string;
}

/** First match wins: a tool names itself beside the SDK it is built on. */
const SIGNS: readonly [AgentKind, RegExp][] = [
  ['attack-tool', /stratus-red-team|\b(?:pacu|scoutsuite|prowler|cloudfox|trufflehog|nimbostratus)\b[^\s\],;]*/i],
  // Their kernels tell: Linux/5.10.0-kali7-amd64, Linux/6.1.0-1parrot1-amd64.
  ['attack-tool', /(?<![a-z])(?:kali|parrot|pentoo)(?![a-z])[^\s\],;]*/i],
  ['terraform', /(?:Terraform|terraform-provider-aws|OpenTofu|Pulumi)\/[\w.-]+/i],
  ['cloudshell', /exec-env\/CloudShell/i],
  ['cli', /\baws-cli\/[\w.-]+/],
  ['console', /\b[\w-]*Console\/?[\w.]*|console\.amazonaws\.com|console\.aws\.amazon\.com|\bConsole, aws-internal/],
  ['browser', /\b(?:Firefox|Chrome|Edg|Safari)\/[\d.]+/],
  ['aws-internal', /^\[?AWS Internal|aws-internal\/\d+/],
  ['service', /^\[?[\w.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)\]?$/],
  ['sdk', /\b(?:aws-sdk-[\w-]+|Boto3|Botocore)\/[\w.-]+/],
];

/** CloudTrail cuts a `userAgent` at 1 KB; a longer one is somebody's, and is not worth the time that patterns take on it. */
const LONGEST = 2048;

/** What `userAgent` says the client is. S3 wraps it in square brackets. */
export function classifyAgent(userAgent: string): Agent {
  const text = userAgent.slice(0, LONGEST);
  for (const [kind, sign] of SIGNS) {
    const match = sign.exec(text);
    if (match !== null) return { kind, product: match[0].replace(/^\[|\]$/g, '') };
  }
  return { kind: 'other', product: text.replace(/^\[|\]$/g, '').split(/[\s;]/)[0] ?? '' };
}
