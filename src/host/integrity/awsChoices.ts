import * as vscode from 'vscode';
import type * as aws from '../../aws/aws';
import type { AwsProfile } from '../../aws/profiles';

/** AWS, loaded when a command that says it calls AWS is run. */
export type AwsModule = typeof aws;
export type LoadAws = () => Promise<AwsModule>;

interface ProfileItem extends vscode.QuickPickItem {
  readonly profile: AwsProfile | undefined;
}

/** Asks for a profile of the user's AWS config. Undefined when the user chose none; `name` undefined stands for what the AWS CLI takes by itself. */
export async function chooseProfile(
  aws: AwsModule,
  title: string,
): Promise<{ name: string | undefined; region: string | undefined } | undefined> {
  const profiles = await aws.listProfiles();
  const items: ProfileItem[] = profiles.map((profile) => ({
    label: profile.name,
    description: [kindText(profile.kind), profile.region].filter((part) => part !== undefined).join(' · '),
    profile,
  }));
  items.push({
    label: vscode.l10n.t('Without a profile'),
    description: vscode.l10n.t('what the environment or the machine gives'),
    profile: undefined,
  });
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('AWS is called with the credentials of this profile'),
    matchOnDescription: true,
  });
  return picked && { name: picked.profile?.name, region: picked.profile?.region };
}

function kindText(kind: AwsProfile['kind']): string | undefined {
  switch (kind) {
    case 'sso':
      return vscode.l10n.t('single sign-on');
    case 'role':
      return vscode.l10n.t('role');
    case 'process':
      return vscode.l10n.t('credential process');
    case 'keys':
      return vscode.l10n.t('access key');
    case 'other':
      return undefined;
  }
}

/** Asks for a Region. */
export async function askRegion(title: string, value: string | undefined): Promise<string | undefined> {
  const region = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('The home Region of the trail: its keys are those of this Region'),
    value: value ?? 'us-east-1',
    validateInput: (text) =>
      /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text.trim()) ? undefined : vscode.l10n.t('A Region such as us-east-1'),
  });
  return region?.trim();
}

/** Asks for the code of a multi-factor device. */
export async function askCode(device: string): Promise<string> {
  const code = await vscode.window.showInputBox({
    title: vscode.l10n.t('Code of the multi-factor device'),
    prompt: device,
    ignoreFocusOut: true,
  });
  if (code === undefined) throw Object.assign(new Error('No code was given.'), { name: 'AbortError' });
  return code;
}

/** False, with a word to the user, in a workspace that is not trusted: what calls AWS waits for trust. */
export async function requireTrust(): Promise<boolean> {
  if (vscode.workspace.isTrusted) return true;
  const manage = vscode.l10n.t('Manage Trust');
  const text = vscode.l10n.t('AWS is called only in a workspace that you trust. Everything local works without.');
  if ((await vscode.window.showWarningMessage(text, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
  return false;
}
