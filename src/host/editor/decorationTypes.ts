import * as vscode from 'vscode';
import type { ErrorClass } from '../../core/events/errorCodes';
import { SEVERITIES, type Severity } from '../../core/rules/severity';
import { Disposables } from '../common/disposables';
import type { IdentityClass } from './identityClasses';

const IDENTITY_CLASSES: readonly IdentityClass[] = [
  'root',
  'user',
  'role',
  'federated',
  'account',
  'service',
  'unknown',
];
const ERROR_CLASSES: readonly ErrorClass[] = [
  ...(['authorization', 'authentication', 'throttling', 'validation', 'not-found'] as const),
  ...(['conflict', 'dry-run', 'service', 'other'] as const),
];

/** Error classes that share a colour. */
const ERROR_COLOR: Readonly<Record<ErrorClass, string>> = {
  authorization: 'denied',
  authentication: 'authentication',
  throttling: 'throttling',
  'dry-run': 'other',
  validation: 'request',
  'not-found': 'request',
  conflict: 'request',
  service: 'service',
  other: 'other',
};

function color(name: string): vscode.ThemeColor {
  return new vscode.ThemeColor(`cloudtrail.${name}`);
}

/**
 * The decoration types of the log editor, made once. Inline types go on what is visible; ruler types, which paint nothing in the text, mark the
 * whole document on the overview ruler: identities left, findings in the middle, errors right.
 */
export class DecorationTypes extends Disposables {
  readonly identity: ReadonlyMap<IdentityClass, vscode.TextEditorDecorationType>;
  readonly error: ReadonlyMap<ErrorClass, vscode.TextEditorDecorationType>;
  readonly finding: ReadonlyMap<Severity, vscode.TextEditorDecorationType>;
  readonly identityRuler: ReadonlyMap<IdentityClass, vscode.TextEditorDecorationType>;
  readonly errorRuler: ReadonlyMap<ErrorClass, vscode.TextEditorDecorationType>;
  readonly findingRuler: ReadonlyMap<Severity, vscode.TextEditorDecorationType>;

  constructor(extensionUri: vscode.Uri) {
    super();
    const { Left, Center, Right } = vscode.OverviewRulerLane;
    this.identity = this.make(IDENTITY_CLASSES, (kind) => identityStyle(kind));
    this.error = this.make(ERROR_CLASSES, (kind) => ({
      color: color(`error.${ERROR_COLOR[kind]}`),
      fontWeight: 'bold',
    }));
    this.finding = this.make(SEVERITIES, (severity) => findingStyle(severity, extensionUri));
    this.identityRuler = this.make(IDENTITY_CLASSES, (kind) => ruler(`identity.${kind}`, Left));
    this.errorRuler = this.make(ERROR_CLASSES, (kind) => ruler(`error.${ERROR_COLOR[kind]}`, Right));
    this.findingRuler = this.make(SEVERITIES, (severity) => ruler(`severity.${severity}`, Center));
  }

  get all(): vscode.TextEditorDecorationType[] {
    const maps = [this.identity, this.error, this.finding, this.identityRuler, this.errorRuler, this.findingRuler];
    return maps.flatMap((map) => [...(map as ReadonlyMap<string, vscode.TextEditorDecorationType>).values()]);
  }

  private make<Kind>(
    kinds: readonly Kind[],
    options: (kind: Kind) => vscode.DecorationRenderOptions,
  ): ReadonlyMap<Kind, vscode.TextEditorDecorationType> {
    return new Map(kinds.map((kind) => [kind, this.own(vscode.window.createTextEditorDecorationType(options(kind)))]));
  }
}

function identityStyle(kind: IdentityClass): vscode.DecorationRenderOptions {
  if (kind !== 'root') return { color: color(`identity.${kind}`), fontWeight: 'bold' };
  return {
    color: color('identity.rootForeground'),
    backgroundColor: color('identity.root'),
    border: '1px solid',
    borderColor: color('identity.root'),
    fontWeight: 'bold',
  };
}

function findingStyle(severity: Severity, extensionUri: vscode.Uri): vscode.DecorationRenderOptions {
  const icon = (theme: 'light' | 'dark'): vscode.Uri =>
    vscode.Uri.joinPath(extensionUri, 'media', 'severity', theme, `${severity}.svg`);
  return {
    light: { gutterIconPath: icon('light') },
    dark: { gutterIconPath: icon('dark') },
    gutterIconSize: 'contain',
    after: { color: color(`severity.${severity}`), margin: '0 0 0 2em' },
  };
}

function ruler(name: string, lane: vscode.OverviewRulerLane): vscode.DecorationRenderOptions {
  return { overviewRulerColor: color(name), overviewRulerLane: lane };
}
