import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { message } from '../core/message';
import type { Attack } from '../core/rules/attack';
import type { FileProblem } from '../core/rules/files/fileProblem';
import { addMute } from '../core/rules/files/addMute';
import { readMuteFile } from '../core/rules/files/muteFile';
import { readRuleFile } from '../core/rules/files/ruleFile';
import type { Mute } from '../core/rules/mutes';
import type { Rule } from '../core/rules/rule';

/** What the host reads and writes itself, over the file system of the editor: this bundle alone carries YAML. */
export { addMute, readMuteFile, readRuleFile };

const YAML_NAME = /\.ya?ml$/i;

/** A problem of a rule or mute file, with its text to find the line in. */
export interface RuleFileProblem {
  readonly path: string;
  readonly text: string;
  readonly problem: FileProblem;
}

/** The rules under `path`, a YAML file or a folder of them with its subfolders, in the order of their names. */
export async function readRules(
  path: string,
  builtIn: ReadonlySet<string>,
  attack: Attack,
): Promise<{ rules: Rule[]; problems: RuleFileProblem[] }> {
  const rules: Rule[] = [];
  const problems: RuleFileProblem[] = [];
  const files = new Map<string, string>();
  for (const file of await yamlFiles(path, problems)) {
    const text = await readText(file, problems);
    if (text === undefined) continue;
    const usedIn = (id: string): string | undefined => (builtIn.has(id) ? 'built-in' : files.get(id));
    const read = readRuleFile(text, { attack, usedIn });
    for (const { rule } of read.rules) files.set(rule.id, file);
    rules.push(...read.rules.map(({ rule }) => rule));
    problems.push(...read.problems.map((problem) => ({ path: file, text, problem })));
  }
  return { rules, problems };
}

/** The mutes of a file; `now` in epoch milliseconds. */
export async function readMutes(
  path: string,
  now: number,
  ruleIds: ReadonlySet<string>,
): Promise<{ mutes: readonly Mute[]; problems: RuleFileProblem[] }> {
  const problems: RuleFileProblem[] = [];
  const text = await readText(path, problems);
  if (text === undefined) return { mutes: [], problems };
  const read = readMuteFile(text, now, ruleIds);
  return { mutes: read.mutes, problems: read.problems.map((problem) => ({ path, text, problem })) };
}

async function yamlFiles(path: string, problems: RuleFileProblem[]): Promise<string[]> {
  const stats = await stat(path).catch((error: unknown) => unreadable(path, error, problems));
  if (stats === undefined) return [];
  if (!stats.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true }).catch((error: unknown) => unreadable(path, error, problems));
  return (names ?? [])
    .filter((name) => YAML_NAME.test(name))
    .sort()
    .map((name) => join(path, name));
}

async function readText(path: string, problems: RuleFileProblem[]): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => unreadable(path, error, problems));
}

function unreadable(path: string, error: unknown, problems: RuleFileProblem[]): undefined {
  const reason = error instanceof Error ? error.message : String(error);
  const text = message('Cannot be read: {0}', reason);
  problems.push({ path, text: '', problem: { kind: 'unreadable', level: 'error', message: text, start: 0, end: 0 } });
}
