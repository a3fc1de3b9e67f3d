/** What is known of one field of a record. Source: `record-fields.json`. */
export interface Field {
  /** Keys joined by dots; elements of arrays are `[]`. */
  readonly path: string;
  readonly type: string;
  /** The first eventVersion that has the field, or null where AWS gives none. */
  readonly since: string | null;
  readonly optional: boolean;
  readonly categories: readonly string[];
  readonly description: string;
  readonly values: readonly { readonly value: string; readonly meaning: string }[];
  /** What an investigator makes of it. */
  readonly investigate: string;
  readonly source: string;
  readonly note?: string;
  readonly maxSize?: string;
}

/** What completion needs of a field. */
export type FieldSummary = Pick<Field, 'path' | 'type' | 'description' | 'values'>;

/** The shape of `data/record-fields.json`. */
export interface FieldData {
  readonly fields: readonly Field[];
}

/** The fields of CloudTrail records by their paths. */
export class FieldReference {
  private readonly byPath: ReadonlyMap<string, Field>;

  constructor({ fields }: FieldData) {
    this.byPath = new Map(fields.map((field) => [field.path, field]));
  }

  get fields(): Iterable<Field> {
    return this.byPath.values();
  }

  /** Every field as completion needs it. */
  get summaries(): FieldSummary[] {
    return [...this.fields].map(({ path, type, description, values }) => ({ path, type, description, values }));
  }

  /** The field at a path of keys and indexes. */
  find(path: readonly (string | number)[]): Field | undefined {
    return this.byPath.get(fieldPath(path));
  }
}

/** A path in the spelling of the reference: `['resources', 0, 'ARN']` gives `resources[].ARN`. */
function fieldPath(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}
