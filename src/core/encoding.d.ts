/**
 * The two text codecs of the WHATWG Encoding standard. Every place core runs in (Node, the VS Code extension host,
 * webviews) has them, but core's own type check knows neither `node:*` nor the DOM, so they are declared here.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array, options?: { stream?: boolean }): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
  encodeInto(source: string, destination: Uint8Array): { read: number; written: number };
}
