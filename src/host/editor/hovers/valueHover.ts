import { parseArn } from '../../../core/events/arn';
import { parseTime } from '../../../core/events/time';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import type { LogAnalysis } from '../logAnalysis';
import type { LogDocument, LogRecord } from '../logDocument';
import { addErrorCode } from './errorCodeHover';
import { addEventName } from './eventNameHover';
import { addIdentityType } from './identityTypeHover';
import { addAddress, addAgent, addArn, addId, addMarker } from './identifierHovers';
import { addTime } from './timeHover';

/** The value that a hover is about. */
export interface HoverSubject {
  readonly log: LogDocument;
  /** Undefined until every record of the document was read. */
  readonly analysis: LogAnalysis | undefined;
  readonly record: LogRecord;
  readonly path: readonly (string | number)[];
  readonly value: string;
}

const ID = /^[A-Z]{4}[A-Z0-9]{10,}(:.*)?$/s;
const TIME_KEY = /time|date|expiration/i;

/** Explains a value by the field it stands in, else by its looks. */
export function addValue(markdown: MarkdownBuilder, subject: HoverSubject): void {
  const { path, value } = subject;
  const selector = path.join('.');
  const marker = reference.identifiers.marker(value);
  if (selector === 'eventName') addEventName(markdown, subject);
  else if (selector === 'errorCode') addErrorCode(markdown, value);
  else if (selector === 'userIdentity.type') addIdentityType(markdown, subject);
  else if (selector === 'sourceIPAddress') addAddress(markdown, value);
  else if (selector === 'userAgent') addAgent(markdown, value);
  else if (marker !== undefined) addMarker(markdown, marker);
  else if (ID.test(value) && reference.identifiers.kindOf(value) !== undefined) addId(markdown, subject);
  else if (parseArn(value) !== undefined) addArn(markdown, value);
  else if (TIME_KEY.test(String(path.at(-1))) && parseTime(value) !== null) addTime(markdown, subject);
}
