import { message } from '../../message';
import type { Mute } from '../mutes';
import type { FileProblem } from './fileProblem';
import { inOrder } from './ruleFile';
import { YamlFields } from './yamlFields';
import { type YamlMap, YamlReader } from './yamlReader';

export interface MuteFile {
  readonly mutes: readonly Mute[];
  readonly problems: readonly FileProblem[];
}

const MUTE_KEYS = ['rule', 'principal', 'arn', 'reason', 'until'];
const DAY_MS = 86_400_000;

/**
 * The mutes of a YAML file, a list of maps. A mute with errors is left out. `now`, in epoch milliseconds, tells which have run out;
 * `ruleIds` are the rules there are: a mute of another one is told. The shape is that of `media/mutes.schema.json`.
 */
export function readMuteFile(text: string, now: number, ruleIds: ReadonlySet<string>): MuteFile {
  const reader = new YamlReader(text);
  const what = message('A mute has to be a map with {0}, {1} and so on.', 'rule', 'reason');
  const mutes = reader.items(what).flatMap(({ node }) => {
    const before = reader.problems.length;
    const map = reader.map(node, MUTE_KEYS, what);
    const clean = reader.problems.length === before;
    const mute = map && readMute(reader, map, now, ruleIds, clean);
    return mute === undefined ? [] : [mute];
  });
  return { mutes, problems: inOrder(reader.problems) };
}

function readMute(
  reader: YamlReader,
  map: YamlMap,
  now: number,
  ruleIds: ReadonlySet<string>,
  clean: boolean,
): Mute | undefined {
  const fields = new YamlFields(reader, map);
  const rule = fields.text('rule');
  const reason = fields.text('reason');
  const principal = fields.text('principal', true);
  const arn = fields.text('arn', true);
  const until = readUntil(fields);
  if (rule?.text === '*' && principal === undefined && arn === undefined && !fields.failed) {
    fields.fail(
      'shape',
      rule.node,
      message('A mute of every rule has to say for whom: {0} or {1}.', 'principal', 'arn'),
    );
  }
  if (!clean || fields.failed || rule === undefined || reason === undefined) return undefined;
  if (until !== null && until <= now) {
    reader.warn('expired', fields.placeOf('until'), message('This mute has run out: it silences nothing any more.'));
  } else if (!rule.text.includes('*') && !ruleIds.has(rule.text)) {
    reader.warn('unknown-rule', rule.node, message('There is no rule {0}.', rule.text));
  }
  return { rule: rule.text, principal: principal?.text ?? null, arn: arn?.text ?? null, reason: reason.text, until };
}

/** A day counts to its end, in UTC. */
function readUntil(fields: YamlFields): number | null {
  const until = fields.text('until', true);
  if (until === undefined) return null;
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.test(until.text) ? Date.parse(`${until.text}T00:00:00Z`) : NaN;
  // Some engines take 30 February for a day in March.
  if (!Number.isNaN(day) && new Date(day).toISOString().startsWith(until.text)) return day + DAY_MS;
  fields.fail('until', until.node, message('{0} has to be a day: {1}', 'until', '2026-12-31'));
  return null;
}
