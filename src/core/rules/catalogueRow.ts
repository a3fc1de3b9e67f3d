import type { Rule } from './rule';

/** A row of `data/catalogue.json`: an event, and what goes beyond its source and name as a filter pattern. */
export type CatalogueRow = Pick<
  Rule,
  'id' | 'eventSource' | 'eventName' | 'condition' | 'tactics' | 'techniques' | 'severity' | 'why' | 'check'
> & {
  /** Where the idea comes from. */
  readonly sources: readonly string[];
};

/** What to do about a finding, by the tactic it serves first: `data/responses.json`. */
export type Responses = Readonly<Record<string, string>>;

/** The rule that a row of the catalogue writes down. */
export function ruleOfRow(row: CatalogueRow, responses: Responses): Rule {
  const { sources, ...rest } = row;
  return {
    ...rest,
    title: titleOf(row),
    correlation: null,
    respond: responses[row.tactics[0] ?? ''] ?? '',
    references: sources,
    origin: 'built-in',
    onRequest: false,
  };
}

/** `iam.CreateAccessKey.for-other-user` as `CreateAccessKey: for other user`, `any.any.root-activity` as `Root activity`. */
function titleOf({ id, eventSource, eventName }: CatalogueRow): string {
  const [service = '', event = '', ...variant] = id.split('.');
  const words = variant.join('.').replaceAll('-', ' ');
  if (eventName !== '*') return words === '' ? event : `${event}: ${words}`;
  return eventSource === '*' ? words.charAt(0).toUpperCase() + words.slice(1) : `${service}: ${words}`;
}
