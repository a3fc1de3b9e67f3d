/** When the bundle began to run, in ms of `performance.now()`. Imported first, so that it is evaluated before everything else. */
export const LOAD_START = performance.now();
