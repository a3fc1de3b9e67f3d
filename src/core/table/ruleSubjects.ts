import { isServiceCall } from '../events/principal';
import { baseEventName } from '../rules/ruleIndex';
import type { Table } from './table';

/** An event name that occurs, and the rules about it. */
export interface NamedRules {
  /** It may be written in several ways, and with API dates. */
  readonly codes: number[];
  readonly plain: number[];
  readonly conditional: number[];
}

/** The names of events that occur, without API dates; no rules are about them yet. */
export function namesOf(table: Table): Map<string, NamedRules> {
  const names = new Map<string, NamedRules>();
  const dictionary = table.dictionary('eventName');
  for (let code = 0; code < dictionary.size; code++) {
    const name = baseEventName(dictionary.text(code) ?? '');
    const known = names.get(name);
    if (known === undefined) names.set(name, { codes: [code], plain: [], conditional: [] });
    else known.codes.push(code);
  }
  return names;
}

/** The event sources of a table, by what rules say of them. */
export class EventSources {
  private readonly known = new Map<string, Uint8Array>();

  constructor(private readonly table: Table) {}

  /** One byte a code of `eventSource`: 1 where it is the one that a rule is about, `*` for any. */
  are(source: string): Uint8Array {
    let known = this.known.get(source);
    if (known === undefined) {
      const dictionary = this.table.dictionary('eventSource');
      known = new Uint8Array(dictionary.size);
      for (let code = 0; code < known.length; code++) {
        if (source === '*' || (dictionary.text(code) ?? '') === source) known[code] = 1;
      }
      this.known.set(source, known);
    }
    return known;
  }
}

/** One byte a code of a field: 1 where it says that a service made the call. */
export function servicesOf(table: Table, field: 'identityType' | 'invokedBy'): Uint8Array {
  const dictionary = table.dictionary(field);
  return Uint8Array.from({ length: dictionary.size }, (_, code) => {
    const text = dictionary.text(code);
    return Number(
      isServiceCall({
        identityType: field === 'identityType' ? text : undefined,
        invokedBy: field === 'invokedBy' ? text : undefined,
      }),
    );
  });
}
