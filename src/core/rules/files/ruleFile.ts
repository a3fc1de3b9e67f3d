import { message } from '../../message';
import type { Attack } from '../attack';
import { type RuleDefinition, ruleOfDefinition } from '../definition';
import { parseDuration } from '../duration';
import type { Rule } from '../rule';
import { SEVERITIES, type Severity, isSeverity } from '../severity';
import type { FileProblem } from './fileProblem';
import { nearestWord } from './nearestWord';
import { readGroupBy, readPattern, readSelectorText } from './patternField';
import { type Located, YamlFields } from './yamlFields';
import { type YamlMap, YamlReader } from './yamlReader';

/** What a rule file is read with. */
export interface RuleFileContext {
  readonly attack: Attack;
  /** Where an id is used already, as a person says it; undefined when it is free. */
  usedIn(id: string): string | undefined;
}

/** A rule and where its id stands: UTF-16 offsets. */
export interface FileRule {
  readonly rule: Rule;
  readonly start: number;
  readonly end: number;
}

export interface RuleFile {
  readonly rules: readonly FileRule[];
  readonly problems: readonly FileProblem[];
}

const RULE_KEYS = [
  ...['id', 'title', 'severity', 'tactics', 'techniques', 'pattern', 'threshold', 'sequence'],
  ...['why', 'check', 'respond', 'references', 'onRequest'],
];
const ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MOST_RECORDS = 100_000;
/** Records of one sequence; each costs time with every record. */
const MOST_STEP_RECORDS = 100;

/**
 * The rules of a YAML file: one a document, or lists of them. A rule with errors is left out, the rest are kept; every problem has its place
 * in the text. The shape is that of `media/rule.schema.json`.
 */
export function readRuleFile(text: string, context: RuleFileContext): RuleFile {
  const reader = new YamlReader(text);
  const what = message('A rule has to be a map with {0}, {1} and so on.', 'id', 'title');
  const rules: FileRule[] = [];
  const seen = new Set<string>();
  for (const { node } of reader.items(what)) {
    const before = errorsOf(reader);
    const map = reader.map(node, RULE_KEYS, what);
    const read = map && new RuleReader(reader, map, context, before).read();
    if (read === undefined) continue;
    const { id, definition } = read;
    const used = context.usedIn(id.text);
    if (seen.has(id.text))
      reader.report('duplicate-id', id.node, message('The id {0} is used twice in this file.', id.text));
    else if (used !== undefined)
      reader.report('duplicate-id', id.node, message('The id {0} is used already: {1}.', id.text, used));
    else {
      const [start, end] = reader.rangeOf(id.node);
      rules.push({ rule: ruleOfDefinition(definition, 'own'), start, end });
    }
    seen.add(id.text);
  }
  return { rules, problems: inOrder(reader.problems) };
}

export function inOrder(problems: readonly FileProblem[]): FileProblem[] {
  return [...problems].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Reads one rule. */
class RuleReader {
  private readonly fields: YamlFields;

  constructor(
    private readonly reader: YamlReader,
    map: YamlMap,
    private readonly context: RuleFileContext,
    /** Errors told before anything was read of this rule. */
    private readonly before: number,
  ) {
    this.fields = new YamlFields(reader, map);
  }

  /** Undefined when there are errors. */
  read(): { id: Located; definition: RuleDefinition } | undefined {
    const { fields } = this;
    const id = this.id();
    const title = fields.text('title');
    const severity = this.severity();
    const what = this.what();
    const rest = {
      tactics: this.tactics(),
      techniques: this.techniques(),
      ...this.texts(),
      references: this.references(),
      onRequest: fields.flag('onRequest'),
    };
    const wrong = fields.failed || errorsOf(this.reader) > this.before;
    if (wrong || id === undefined || title === undefined || severity === undefined) return undefined;
    return { id, definition: { id: id.text, title: title.text, severity, ...what, ...rest } };
  }

  private id(): Located | undefined {
    const id = this.fields.text('id');
    if (id === undefined || ID.test(id.text)) return id;
    return this.fields.fail('id', id.node, message('An id is made of letters, digits, dots, hyphens and underscores.'));
  }

  private severity(): Severity | undefined {
    const severity = this.fields.text('severity');
    if (severity === undefined || isSeverity(severity.text)) return severity?.text as Severity | undefined;
    const nearest = nearestWord(severity.text, SEVERITIES);
    const text = message('A severity is one of {0}.', SEVERITIES.join(', '));
    const [start, end] = this.reader.rangeOf(severity.node);
    const fix =
      nearest === undefined ? undefined : { title: message('Change to {0}', nearest), text: nearest, start, end };
    return this.reader.report('severity', severity.node, text, fix);
  }

  /** The pattern with or without a threshold, or the sequence. */
  private what(): Pick<RuleDefinition, 'pattern' | 'threshold' | 'sequence'> {
    const { fields, reader } = this;
    if (!fields.has('sequence')) {
      const pattern = readPattern(reader, fields, 'pattern');
      const threshold = fields.has('threshold') ? this.threshold() : undefined;
      return { ...(pattern !== undefined && { pattern }), ...(threshold && { threshold }) };
    }
    for (const key of ['pattern', 'threshold']) {
      if (!fields.has(key)) continue;
      fields.fail('shape', fields.map.keys.get(key)!.key, message('A rule has either {0} or {1}.', key, 'sequence'));
    }
    const sequence = this.sequence();
    return sequence === undefined ? {} : { sequence };
  }

  private threshold(): RuleDefinition['threshold'] {
    const allowed = ['count', 'window', 'groupBy', 'distinct'];
    const inner = this.inner(
      'threshold',
      allowed,
      message('{0} has to be a map with {1} and {2}.', 'threshold', 'count', 'window'),
    );
    if (inner === undefined) return undefined;
    const count = inner.number('count', 2, MOST_RECORDS);
    const window = this.window(inner);
    const groupBy = readGroupBy(this.reader, inner, 'groupBy');
    const distinct = readSelectorText(this.reader, inner, 'distinct');
    this.fields.failed ||= inner.failed;
    if (count === undefined || window === undefined) return undefined;
    return { count, window, groupBy, ...(distinct !== undefined && { distinct }) };
  }

  private sequence(): RuleDefinition['sequence'] {
    const allowed = ['window', 'groupBy', 'steps'];
    const inner = this.inner(
      'sequence',
      allowed,
      message('{0} has to be a map with {1} and {2}.', 'sequence', 'steps', 'window'),
    );
    if (inner === undefined) return undefined;
    const window = this.window(inner);
    const groupBy = readGroupBy(this.reader, inner, 'groupBy');
    const steps = this.steps(inner);
    this.fields.failed ||= inner.failed;
    return window === undefined ? undefined : { window, groupBy, steps };
  }

  private steps(inner: YamlFields): { pattern: string; count: number }[] {
    if (!inner.has('steps')) {
      inner.missing('steps');
      return [];
    }
    const what = message('{0} has to be a list of two or more maps with {1}.', 'steps', 'pattern');
    const nodes = this.reader.list(inner.node('steps') ?? inner.placeOf('steps'), what);
    if (nodes !== undefined && nodes.length < 2) inner.fail('shape', inner.placeOf('steps'), what);
    const steps = (nodes ?? []).flatMap((node) => {
      const map = this.reader.map(node, ['pattern', 'count'], what);
      if (map === undefined) return [];
      const fields = new YamlFields(this.reader, map);
      const pattern = readPattern(this.reader, fields, 'pattern');
      const count = fields.number('count', 1, MOST_STEP_RECORDS, 1);
      inner.failed ||= fields.failed;
      return pattern === undefined || count === undefined ? [] : [{ pattern, count }];
    });
    if (steps.reduce((sum, { count }) => sum + count, 0) > MOST_STEP_RECORDS) {
      inner.fail(
        'shape',
        inner.placeOf('steps'),
        message('The steps of a sequence take {0} records at most.', MOST_STEP_RECORDS),
      );
    }
    return steps;
  }

  private inner(key: string, allowed: readonly string[], what: ReturnType<typeof message>): YamlFields | undefined {
    const map = this.reader.map(this.fields.node(key) ?? this.fields.placeOf(key), allowed, what);
    return map && new YamlFields(this.reader, map);
  }

  private window(inner: YamlFields): string | undefined {
    const window = inner.text('window');
    if (window === undefined || parseDuration(window.text) !== undefined) return window?.text;
    return inner.fail(
      'window',
      window.node,
      message('A window is a number with {0}, up to 31 days: {1}', 's, m, h, d', '10m'),
    );
  }

  private tactics(): string[] {
    const { attack } = this.context;
    return this.fields.texts('tactics').map(({ text, node }) => {
      const id = attack.tacticId(text);
      if (id === undefined) this.reader.report('attack', node, message('ATT&CK has no tactic {0}.', text));
      return id ?? text;
    });
  }

  /** Ids of v18 become those of v19. What the cloud matrix does not have is kept, but told: it may be right, and it may be a slip. */
  private techniques(): string[] {
    const { attack } = this.context;
    return this.fields.texts('techniques').map(({ text, node }) => {
      const id = text.trim().toUpperCase();
      const replacement = attack.replacementOf(id);
      if (!/^T\d{4}(\.\d{3})?$/.test(id))
        this.reader.report(
          'attack',
          node,
          message('{0} is no id of an ATT&CK technique, such as {1}.', text, 'T1078.004'),
        );
      else if (replacement !== undefined) {
        const [start, end] = this.reader.rangeOf(node);
        const fix = { title: message('Change to {0}', replacement), text: replacement, start, end };
        this.reader.warn('attack', node, message('ATT&CK v19 calls {0} {1}.', id, replacement), fix);
      } else if (!attack.knows(id))
        this.reader.warn('attack', node, message('The cloud matrix of ATT&CK v19 has no technique {0}.', id));
      return replacement ?? id;
    });
  }

  private texts(): Pick<RuleDefinition, 'why' | 'check' | 'respond'> {
    const read = (key: string): string | undefined => this.fields.text(key, true)?.text.trim();
    const [why, check, respond] = [read('why'), read('check'), read('respond')];
    return { ...(why && { why }), ...(check && { check }), ...(respond && { respond }) };
  }

  /** Only addresses of the web: they become links. */
  private references(): string[] {
    return this.fields.texts('references').map(({ text, node }) => {
      if (!/^https?:\/\/[^\s<>"'()]+$/.test(text))
        this.reader.report('reference', node, message('A reference is the address of a page: {0}', 'https://…'));
      return text;
    });
  }
}

function errorsOf({ problems }: YamlReader): number {
  return problems.filter(({ level }) => level === 'error').length;
}
