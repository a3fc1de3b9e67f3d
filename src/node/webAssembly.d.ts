/** The part of the WebAssembly interface that Node.js has and its types lack. */
declare namespace WebAssembly {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- as the standard has it
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports?: { readonly env: object });
    readonly exports: object;
  }
  class Memory {
    /** Sizes in pages of 64 KiB. `shared`: with other threads. */
    constructor(size: { readonly initial: number; readonly maximum?: number; readonly shared?: true });
    readonly buffer: ArrayBufferLike;
    grow(pages: number): number;
  }
}
