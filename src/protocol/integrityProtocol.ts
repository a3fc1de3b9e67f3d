import type { IntegrityLevel } from '../core/integrity/problems';
import type { Counts } from '../core/integrity/report';
import type { StripSegment } from '../core/integrity/strip';

/** An input of a validation as the view shows it. */
export interface IntegrityInputInfo {
  readonly label: string;
  /** More of it, e.g. the whole path, or where fetched keys come from. */
  readonly detail: string;
}

/** A chain as the view draws it; names are as they stand in files: the webview escapes them. */
export interface ChainView {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly organization: string | null;
  readonly backfill: boolean;
  readonly digests: Counts;
  readonly logs: Counts;
  readonly segments: readonly StripSegment[];
}

/** A problem in the language of the editor. */
export interface ProblemView {
  readonly level: IntegrityLevel;
  readonly title: string;
  readonly meaning: string;
  readonly action: string;
  /** The chain it is about, as an index of {@link ReportView.chains}; null for the whole copy. */
  readonly chain: number | null;
  /** Keys of the files it is about, the first few of them. */
  readonly keys: readonly string[];
  readonly moreKeys: number;
  /** What can be opened: the file itself, the digest that names it, or nothing. */
  readonly opens: 'file' | 'digest' | null;
}

export interface ReportView {
  /** The verdict in one sentence. */
  readonly verdict: string;
  readonly state: 'proven' | 'unproven' | 'broken' | 'nothing' | 'cancelled';
  readonly digests: Counts;
  readonly backfillDigests: Counts;
  readonly logs: Counts;
  readonly chains: readonly ChainView[];
  readonly problems: readonly ProblemView[];
  /** Problems that are only in the exported report. */
  readonly moreProblems: number;
  /** Epoch ms. */
  readonly time: number;
}

export interface IntegrityProgressView {
  readonly digests: number;
  readonly totalDigests: number;
  readonly logs: number;
  readonly totalLogs: number;
  /** Unpacked bytes hashed. */
  readonly bytes: number;
}

/** Everything the view shows. It is always sent as a whole, so that a view that was hidden is never behind. */
export interface IntegrityState {
  readonly phase: 'idle' | 'running';
  readonly folder: IntegrityInputInfo | null;
  readonly keys: IntegrityInputInfo | null;
  readonly signatures: IntegrityInputInfo | null;
  readonly report: ReportView | null;
  /** Why the last validation came to nothing, in words. */
  readonly failure: string | null;
  readonly watching: boolean;
  /** In a workspace that is not trusted AWS is not called. */
  readonly trusted: boolean;
}

export type IntegrityInputKind = 'folder' | 'keys' | 'signatures';

/** What the Integrity view asks of the host. */
export type IntegrityToHost =
  | { readonly kind: 'ready' | 'run' | 'cancel' | 'fetchKeys' | 'fetchSignatures' | 'watch' | 'openSamples' | 'trust' }
  | { readonly kind: 'choose' | 'clear'; readonly input: IntegrityInputKind }
  | { readonly kind: 'openProblem'; readonly problem: number }
  | { readonly kind: 'openSegment'; readonly chain: number; readonly segment: number }
  | { readonly kind: 'export'; readonly format: 'markdown' | 'json' };

/** What the host tells the Integrity view. */
export type IntegrityToWebview =
  | { readonly kind: 'state'; readonly state: IntegrityState }
  | { readonly kind: 'progress'; readonly progress: IntegrityProgressView };

const PLAIN: ReadonlySet<unknown> = new Set([
  ...['ready', 'run', 'cancel', 'fetchKeys', 'fetchSignatures', 'watch', 'openSamples', 'trust'],
]);
const INPUTS: ReadonlySet<unknown> = new Set<IntegrityInputKind>(['folder', 'keys', 'signatures']);

/** Whether a message that came in is one of this protocol. */
export function isIntegrityToHost(data: unknown): data is IntegrityToHost {
  if (typeof data !== 'object' || data === null || !('kind' in data)) return false;
  const { kind, input, problem, chain, segment, format } = data as Record<string, unknown>;
  if (PLAIN.has(kind)) return true;
  switch (kind) {
    case 'choose':
    case 'clear':
      return INPUTS.has(input);
    case 'openProblem':
      return isIndex(problem);
    case 'openSegment':
      return isIndex(chain) && isIndex(segment);
    case 'export':
      return format === 'markdown' || format === 'json';
    default:
      return false;
  }
}

function isIndex(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
