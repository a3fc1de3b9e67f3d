/**
 * A place where long work lets others run: awaited between steps of a few milliseconds. Core only calls it; how long a slice is and what
 * yielding means belongs to whoever runs the work.
 */
export type Pause = () => Promise<void>;
