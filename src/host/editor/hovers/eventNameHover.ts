import { l10n } from 'vscode';
import { baseEventName } from '../../../core/rules/ruleIndex';
import type { Rule } from '../../../core/rules/rule';
import type { Severity } from '../../../core/rules/severity';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import { severityLabel } from '../findingText';
import type { HoverSubject } from './valueHover';

/** Why the event matters: the rules this record meets, else those that are about the event under other conditions. */
export function addEventName(markdown: MarkdownBuilder, { record, value }: HoverSubject): void {
  const { finding, event } = record;
  markdown.bold(value).text(event.eventSource === undefined ? '' : ` · ${event.eventSource}`);
  if (event.errorCode !== undefined) markdown.text(` · ${l10n.t('failed: {0}', event.errorCode)}`);
  if (finding !== undefined) {
    finding.rules.forEach((rule, i) => addRule(markdown, rule, i === 0 ? finding.severity : rule.severity));
    return;
  }
  const others = reference.catalogue.rulesOfEvent(event.eventSource ?? '', baseEventName(value));
  if (others.length > 0) {
    markdown.break().text(l10n.t('This record meets none of the conditions that make the event risky:'));
    for (const rule of others) markdown.item((item) => item.text(`${severityLabel(rule.severity)} · ${rule.why}`));
  }
}

function addRule(markdown: MarkdownBuilder, rule: Rule, severity: Severity): void {
  markdown.break().bold(severityLabel(severity)).text(` · ${rule.why}`);
  if (rule.check !== '') markdown.break().bold(l10n.t('Check')).text(`: ${rule.check}`);
  if (rule.respond !== '') markdown.break().bold(l10n.t('Respond')).text(`: ${rule.respond}`);
  const pages = [
    ...reference.attack.tactics(rule.tactics),
    ...rule.techniques.map((technique) => reference.attack.technique(technique)),
  ];
  markdown.break();
  for (const { id, name, url } of pages) markdown.link(`${id} ${name}`, url).text(' · ');
  markdown.code(rule.id);
}
