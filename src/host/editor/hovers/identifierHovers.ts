import * as vscode from 'vscode';
import { accountOfId } from '../../../core/events/accessKey';
import { assumedRoleOf, parseArn } from '../../../core/events/arn';
import type { Marker } from '../../../core/events/identifiers';
import { type AddressKind, addressKind } from '../../../core/events/ipAddress';
import { type AgentKind, classifyAgent } from '../../../core/events/userAgent';
import type { MarkdownBuilder } from '../../common/markdown';
import { reference } from '../../common/reference';
import type { HoverSubject } from './valueHover';

/** Why a value is not there. */
export function addMarker(markdown: MarkdownBuilder, { text, meaning }: Marker): void {
  markdown.code(text).text(` · ${meaning}`);
}

/** The kind of an access key or unique id, and the account it encodes. */
export function addId(markdown: MarkdownBuilder, { value, record }: HoverSubject): void {
  const id = value.split(':')[0]!;
  const kind = reference.identifiers.kindOf(id);
  if (kind === undefined) return;
  markdown.code(id).text(` · ${kind.kind}`);
  if (kind.note !== '') markdown.break().text(kind.note);
  const account = accountOfId(id);
  if (account !== undefined) {
    markdown.break().text(vscode.l10n.t('Account encoded in the id: {0}', account));
    const { callerAccountId } = record.event;
    if (callerAccountId !== undefined && callerAccountId !== account && /^\d{12}$/.test(callerAccountId)) {
      markdown.text(
        ` ${vscode.l10n.t('(the record says {0}; in anonymised logs that means nothing)', callerAccountId)}`,
      );
    }
  }
}

/** The parts of an ARN. */
export function addArn(markdown: MarkdownBuilder, value: string): void {
  const arn = parseArn(value);
  if (arn === undefined) return;
  const role = assumedRoleOf(arn);
  const parts: [string, string][] = [
    [vscode.l10n.t('partition'), arn.partition],
    [vscode.l10n.t('service'), arn.service],
    [vscode.l10n.t('Region'), arn.region],
    [vscode.l10n.t('account'), arn.account],
    ...(role === undefined
      ? ([[vscode.l10n.t('resource'), arn.resource]] as [string, string][])
      : ([
          [vscode.l10n.t('role'), role.role],
          [vscode.l10n.t('session name'), role.session],
        ] as [string, string][])),
  ];
  for (const [name, part] of parts) if (part !== '') markdown.item((item) => item.text(`${name} `).code(part));
}

/** What kind of address the call came from. */
export function addAddress(markdown: MarkdownBuilder, value: string): void {
  markdown.code(value).text(` · ${addressText(addressKind(value))}`);
}

function addressText(kind: AddressKind): string {
  switch (kind) {
    case 'public':
      return vscode.l10n.t('a public address: the client, or the gateway it is behind');
    case 'private':
      return vscode.l10n.t('a private address: the call came through a VPC endpoint');
    case 'loopback':
      return vscode.l10n.t('a loopback address');
    case 'link-local':
      return vscode.l10n.t('a link-local address');
    case 'carrier-nat':
      return vscode.l10n.t('an address shared by a carrier’s customers (RFC 6598)');
    case 'documentation':
      return vscode.l10n.t('an address reserved for examples: the log was made up or anonymised');
    case 'reserved':
      return vscode.l10n.t('a reserved address');
    case 'aws-internal':
      return vscode.l10n.t('a call from inside AWS, often by the console: no client address');
    case 'aws-service':
      return vscode.l10n.t('a service of AWS made the call: no client address');
    case 'unknown':
      return vscode.l10n.t('no address in a known form');
  }
}

/** What kind of client made the call, as far as it tells the truth. */
export function addAgent(markdown: MarkdownBuilder, value: string): void {
  const { kind, product } = classifyAgent(value);
  markdown.bold(agentText(kind)).text(' · ').code(product);
  markdown.break().text(vscode.l10n.t('The client writes this itself; it can be forged.'));
}

function agentText(kind: AgentKind): string {
  switch (kind) {
    case 'console':
      return vscode.l10n.t('AWS console');
    case 'browser':
      return vscode.l10n.t('Browser');
    case 'cli':
      return vscode.l10n.t('AWS CLI');
    case 'cloudshell':
      return vscode.l10n.t('CloudShell');
    case 'terraform':
      return vscode.l10n.t('Infrastructure as code');
    case 'sdk':
      return vscode.l10n.t('AWS SDK');
    case 'service':
      return vscode.l10n.t('Service of AWS');
    case 'aws-internal':
      return vscode.l10n.t('Inside AWS');
    case 'attack-tool':
      return vscode.l10n.t('Attack or audit tool');
    case 'other':
      return vscode.l10n.t('Other client');
  }
}
