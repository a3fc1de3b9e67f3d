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

/** A copy of an array among others. */
export function copied<A extends NumberArray>(arrays: Arrays, array: A): A {
  const copy = arrays.make(array.constructor as ArrayType<A>, array.length);
  copy.set(array);
  return copy;
}
