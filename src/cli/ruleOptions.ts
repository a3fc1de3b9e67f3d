import { english } from '../core/message';
import type { Attack } from '../core/rules/attack';
import { Catalogue } from '../core/rules/catalogue';
import { Mutes } from '../core/rules/mutes';
import type { Rule } from '../core/rules/rule';
import { visibleText } from '../core/text';
import { builtInRules } from '../node/referenceData';
import type { RuleFileProblem } from '../node/ruleFiles';
import { type Arguments, UsageError } from './usage';

/** The rules that `findings` is to use. */
export interface ChosenRules {
  readonly catalogue: Catalogue;
  /** True when a file of rules or mutes, or a part of one, could not be read; it has been told. */
  readonly unreadable: boolean;
}

/** What `--rules`, `--only-rules`, `--rule` and `--mutes` choose; what is wrong in the files goes to standard error. */
export async function chooseRules(parsed: Arguments, attack: Attack): Promise<ChosenRules> {
  const builtIn = builtInRules();
  const [rulesPath, mutesPath, named] = [parsed.text('rules'), parsed.text('mutes'), parsed.text('rule')];
  if (parsed.flag('only-rules') && rulesPath === undefined) throw new UsageError('--only-rules needs --rules.');
  const problems: RuleFileProblem[] = [];
  // Loaded when it is needed: reading YAML takes longer to load than most logs take to read.
  const files = (rulesPath ?? mutesPath) ? await import('../node/ruleFiles') : undefined;
  const ids = new Set(builtIn.map(({ id }) => id));
  let rules: readonly Rule[] = builtIn;
  if (files !== undefined && rulesPath !== undefined) {
    const own = await files.readRules(rulesPath, ids, attack);
    problems.push(...own.problems);
    rules = parsed.flag('only-rules') ? own.rules : [...builtIn, ...own.rules];
    for (const { id } of own.rules) ids.add(id);
  }
  const asked = new Set(named === undefined ? [] : named.split(',').map((id) => id.trim()));
  const unknown = [...asked].find((id) => !rules.some((rule) => rule.id === id));
  if (unknown !== undefined) throw new UsageError(`There is no rule ${unknown}.`);
  if (asked.size > 0) rules = rules.filter(({ id }) => asked.has(id)).map((rule) => ({ ...rule, onRequest: false }));
  const now = Date.now();
  const muted = files !== undefined && mutesPath !== undefined ? await files.readMutes(mutesPath, now, ids) : undefined;
  problems.push(...(muted?.problems ?? []));
  for (const each of problems) process.stderr.write(`${problemLine(each)}\n`);
  const unreadable = problems.some(({ problem }) => problem.level === 'error');
  return { catalogue: new Catalogue(rules, new Mutes(muted?.mutes ?? [], now)), unreadable };
}

/** `rules/a.yaml:3:7: error: …`, as compilers say it. */
function problemLine({ path, text, problem }: RuleFileProblem): string {
  const before = text.slice(0, problem.start).split('\n');
  const place = text === '' ? '' : `:${before.length}:${before.at(-1)!.length + 1}`;
  return `${visibleText(path)}${place}: ${problem.level}: ${visibleText(english(problem.message))}`;
}
