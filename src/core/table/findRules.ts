import { NO_MUTES } from '../rules/mutes';
import type { Rule } from '../rules/rule';
import type { Pause } from '../slices';
import { type RuleContext, RuleQuestions } from './ruleQuestions';
import type { Table } from './table';
import type { TableFindings } from './tableFindings';

const NO_CONTEXT: RuleContext = { mutes: NO_MUTES, found: new Map() };

/**
 * The rules of a catalogue, asked of the columns of a table: for each row what `Catalogue.find` says of its record. Rules that need the records are
 * met where these were asked: while the table was made, or as the context says.
 */
export async function findRules(
  table: Table,
  rules: Iterable<Rule>,
  pause: Pause,
  context: RuleContext = NO_CONTEXT,
): Promise<TableFindings> {
  const asked = new RuleQuestions(table, [...rules], context);
  for (const name of asked.names) {
    asked.plainRules(name);
    await pause();
  }
  asked.storedTests();
  for (const index of asked.aboutAnyEvent) {
    await pause();
    asked.narrow(index);
  }
  for (const rules of asked.narrowed) {
    await pause();
    asked.everyRow(rules);
  }
  for (const name of asked.names) {
    await pause();
    asked.conditionalRules(name);
  }
  asked.splitByCaller();
  await pause();
  return asked.answer();
}
