/** What columns are made of. */
export type NumberArray = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

export interface ArrayType<A extends NumberArray> {
  new (length: number): A;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): A;
  readonly BYTES_PER_ELEMENT: number;
}

/** Gives arrays filled with zeros: where their memory comes from, and whether other threads see it, is whoever's who runs the work. */
export interface Arrays {
  make<A extends NumberArray>(type: ArrayType<A>, length: number): A;
}

/** Arrays with memory of their own. */
export const PLAIN_ARRAYS: Arrays = { make: (type, length) => new type(length) };

/** A copy of the bytes `[start, end)` of `from` at `at` of `to`. Most tokens are short: a loop beats the call that a copy costs. */
export function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > 64) to.set(from.subarray(start, end), at);
  else for (let i = start; i < end; i++) to[at++] = from[i]!;
}

/** Numbers made of those of `source`, one by one. */
export function mapped(
  arrays: Arrays,
  source: Uint32Array,
  map: (value: number, index: number) => number,
): Uint32Array {
  const made = arrays.make(Uint32Array, source.length);
  for (let i = 0; i < source.length; i++) made[i] = map(source[i]!, i);
  return made;
}

/** A copy of an array among others. */
export function copied<A extends NumberArray>(arrays: Arrays, array: A): A {
  const copy = arrays.make(array.constructor as ArrayType<A>, array.length);
  copy.set(array);
  return copy;
}
