import { message } from '../core/message';
import type { TableFailure } from '../protocol/tableProtocol';

/** Thrown where a question has no answer; what the host is told. */
export class Failure extends Error {
  constructor(readonly failure: TableFailure) {
    super(failure.kind);
  }
}

export const CANCELLED: TableFailure = { kind: 'cancelled', message: message('Cancelled.') };

export const STALE: TableFailure = { kind: 'stale', message: message('The events were read anew; ask again.') };

/** Ends a call whose signal was aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new Failure(CANCELLED);
}

/** What to tell the host about anything thrown. */
export function failureOf(error: unknown): TableFailure {
  if (error instanceof Failure) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', message: message('The index could not answer: {0}', reason) };
}
