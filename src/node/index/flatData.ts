const ARRAY = '$array';

type TypedArray = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const TYPES = { Uint8Array, Uint16Array, Uint32Array, Float64Array } as const;

/** Arrays begin at multiples of this, in bytes: the widest number they hold. */
export const ALIGNMENT = 8;

/** Plain data as JSON, with the typed arrays it holds apart: in their place stand their type, where they begin and how many numbers they have. */
export interface FlatData {
  readonly json: string;
  readonly arrays: readonly TypedArray[];
}

/** `length` rounded up to the {@link ALIGNMENT}. */
export function aligned(length: number): number {
  return Math.ceil(length / ALIGNMENT) * ALIGNMENT;
}

export function flatten(data: object): FlatData {
  const arrays: TypedArray[] = [];
  let at = 0;
  const json = JSON.stringify(data, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    const array = value as TypedArray;
    const start = at;
    arrays.push(array);
    at = aligned(at + array.byteLength);
    return { [ARRAY]: [array.constructor === Buffer ? 'Uint8Array' : array.constructor.name, start, array.length] };
  });
  return { json, arrays };
}

/** The data again; its arrays are views of `bytes` from `start` on. Throws for what no {@link flatten} has made. */
export function unflatten(json: string, bytes: Uint8Array, start: number): unknown {
  return revive(JSON.parse(json), (type, at, length) => {
    const end = start + at + length * TYPES[type].BYTES_PER_ELEMENT;
    if (end > bytes.length) throw new RangeError('An array is cut off.');
    return new TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at, length);
  });
}

type Place = [type: keyof typeof TYPES, start: number, length: number];

function revive(value: unknown, view: (...place: Place) => TypedArray): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (ARRAY in value) return view(...(value[ARRAY] as Place));
  const members = value as Record<string, unknown>;
  for (const key in members) {
    const member = members[key];
    if (typeof member === 'object') members[key] = revive(member, view);
  }
  return value;
}
