import * as vscode from 'vscode';
import type { CloudTrailEvent } from '../../../core/events/event';
import type { Field } from '../../../core/events/fieldReference';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import { selectorText } from '../recordLocation';

/** What the reference says below these is about calls of STS; other services use the same names for other things. */
const ANSWERS = /^(requestParameters|responseElements)\./;
/** Fields below them that the reference knows of other services. */
const OTHER_SERVICES = /\.(accessKey(\..+)?|ConsoleLogin|SwitchRole|CheckMfa|PasswordUpdated|_return|X-Amz-Expires)$/;

type EventOf = Pick<CloudTrailEvent, 'eventSource' | 'eventName'>;

/** What a documented field means and what an investigator makes of it. */
export function addField(markdown: MarkdownBuilder, path: readonly (string | number)[], event: EventOf): void {
  const field = reference.fields.find(path);
  if (field === undefined || !isAbout(field, event)) return;
  const since = field.since === null ? '' : ` · ${vscode.l10n.t('since eventVersion {0}', field.since)}`;
  markdown.rule().code(selectorText(path)).text(`  ${field.type}${since}`);
  markdown.break().text(field.description);
  for (const { value, meaning } of field.values.slice(0, 12))
    markdown.item((item) => item.code(value).text(` ${meaning}`));
  markdown.break().text(field.investigate);
  if (field.note !== undefined) markdown.break().text(field.note);
  if (field.maxSize !== undefined) markdown.break().text(vscode.l10n.t('Limit: {0}', field.maxSize));
  if (field.source === 'community') {
    markdown
      .break()
      .text(
        vscode.l10n.t('AWS does not document this field; it is known from real logs. Verify before you rely on it.'),
      );
  }
}

/** Whether what the reference says of a field is about this event: `GetFederationToken: name of …` is about no other call's `name`. */
function isAbout(
  { path, description }: Pick<Field, 'path' | 'description'>,
  { eventSource, eventName }: EventOf,
): boolean {
  if (!ANSWERS.test(path) || OTHER_SERVICES.test(path)) return true;
  const [, call] = /^([A-Z]\w+): /.exec(description) ?? [];
  return eventSource === 'sts.amazonaws.com' && (call === undefined || call === eventName);
}
