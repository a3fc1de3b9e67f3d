import { type Message, message } from '../core/message';
import type { AwsAccess } from './access';

/** Why AWS gave no answer, and what can be done. Whatever had been fetched before is kept. */
export interface AwsProblem {
  readonly kind:
    'credentials' | 'expired' | 'rejected' | 'denied' | 'throttled' | 'network' | 'not-found' | 'cancelled' | 'other';
  readonly message: Message;
}

/** Names of errors as the SDK passes them on from services (`error.name`), from its providers, and codes of Node.js. */
const KINDS: readonly (readonly [AwsProblem['kind'], RegExp])[] = [
  ['cancelled', /^AbortError$/],
  [
    'expired',
    /^(ExpiredToken(Exception)?|TokenRefreshRequired|RequestExpired|RequestTimeTooSkewed|InvalidGrantException)$/,
  ],
  ['credentials', /^(CredentialsProviderError|TokenProviderError|ProviderError|ParseError)$/],
  [
    'rejected',
    /^(UnrecognizedClientException|InvalidClientTokenId|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch|InvalidSignatureException|IncompleteSignature)$/,
  ],
  ['denied', /^(AccessDenied(Exception)?|Forbidden|403|UnauthorizedOperation|OperationNotPermittedException)$/],
  ['throttled', /^(Throttling(Exception)?|TooManyRequestsException|RequestLimitExceeded|SlowDown|503)$/],
  ['not-found', /^(NotFound|NoSuchKey|NoSuchBucket|404)$/],
  [
    'network',
    /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ECONNABORTED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPIPE|CERT_.*|TimeoutError|NetworkingError|UNABLE_TO_.*|SELF_SIGNED.*)$/,
  ],
];
/** Expired single sign-on is told by its text only. */
const EXPIRED_TEXT = /session .*(expired|invalid)|token .*expired|expired|sso login/i;

/** What an exception of the SDK means. `needs`: the permission that the call needs, e.g. `cloudtrail:ListPublicKeys`. */
export function awsProblem(error: unknown, { profile, region }: AwsAccess, needs: string): AwsProblem {
  const { names, text } = namesOf(error);
  const status = (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;
  let kind = KINDS.find(([, pattern]) => names.some((name) => pattern.test(name)))?.[0];
  kind ??= status === 403 ? 'denied' : status === 404 ? 'not-found' : status === 429 ? 'throttled' : 'other';
  if (kind === 'credentials' && EXPIRED_TEXT.test(text)) kind = 'expired';
  const who = profile ?? 'default';
  return { kind, message: textOf(kind, { who, region, needs, text, name: names[0] ?? '' }) };
}

interface Facts {
  readonly who: string;
  readonly region: string;
  readonly needs: string;
  readonly text: string;
  readonly name: string;
}

function textOf(kind: AwsProblem['kind'], { who, region, needs, text, name }: Facts): Message {
  switch (kind) {
    case 'cancelled':
      return message('Cancelled.');
    case 'expired':
      return message(
        'The credentials of the profile {0} have expired. Sign in again, for instance with aws sso login --profile {0}, and repeat the command.',
        who,
      );
    case 'credentials':
      return message('The profile {0} gives no AWS credentials: {1}', who, text);
    case 'rejected':
      return message('AWS does not accept the credentials of the profile {0}: {1}', who, text);
    case 'denied':
      return message('The profile {0} may not do this: it needs the permission {1}. AWS says: {2}', who, needs, text);
    case 'throttled':
      return message('AWS asks to slow down (region {0}). Wait a minute and repeat the command.', region);
    case 'not-found':
      return message('AWS does not know it: {0}', text);
    case 'network':
      return message(
        'AWS could not be reached in the region {0}: {1}. Check the network, the proxy and the region.',
        region,
        text,
      );
    case 'other':
      return message('AWS answered with an error, {0}: {1}', name, text);
  }
}

/** The names of an error and of what caused it; network errors come as a code, sometimes below others. */
function namesOf(error: unknown): { names: string[]; text: string } {
  const names: string[] = [];
  let text = '';
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as NodeJS.ErrnoException;
    names.push(...(typeof code === 'string' ? [code] : []), at.name);
    text ||= at.message;
    if (at instanceof AggregateError)
      names.push(...at.errors.map((each: NodeJS.ErrnoException) => each.code ?? each.name));
  }
  return { names, text: text || String(error) };
}
