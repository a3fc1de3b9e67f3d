import type { AttackLink, MetRule, RecordDetail } from '../../protocol/investigationProtocol';
import type { RecordResult } from '../../protocol/tableProtocol';
import type { Catalogue } from '../../core/rules/catalogue';
import type { Rule } from '../../core/rules/rule';
import { reference } from '../common/reference';

/** A record with what it deserves attention for, in the language of the editor: the table's worker knows built-in rules in English only. */
export function recordDetail({ row, json, path, finding }: RecordResult, catalogue: Catalogue): RecordDetail {
  return { row, json, path, rules: (finding?.rules ?? []).map((rule) => metRule(catalogue.rule(rule.id) ?? rule)) };
}

function metRule({ id, severity, title, why, check, respond, tactics, techniques }: Rule): MetRule {
  const attack: AttackLink[] = [
    ...reference.attack.tactics(tactics),
    ...techniques.map((technique) => reference.attack.technique(technique)),
  ];
  return { id, severity, title, why, check, respond, attack };
}
