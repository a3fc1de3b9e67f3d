import * as vscode from 'vscode';
import type { IntegrityProgress } from '../../core/integrity/validate';
import type { NodePorts } from '../../node/integrity/nodePorts';
import { Disposables } from '../common/disposables';
import type { IntegrityInputs } from './integrityInputs';
import { type FinishedRun, runValidation } from './integrityRun';
import { LogMemory } from './rememberingPorts';

/** The validation of this window: one at a time, and the last one's report. */
export class IntegritySession extends Disposables {
  private readonly changed = this.own(new vscode.EventEmitter<void>());
  private readonly progressed = this.own(new vscode.EventEmitter<IntegrityProgress>());
  private readonly memory = new LogMemory();
  private running: AbortController | undefined;
  /** The last validation that came to an end. */
  last: FinishedRun | undefined;
  failure: string | undefined;

  /** The phase, the report or the inputs changed. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;

  constructor(
    readonly inputs: IntegrityInputs,
    private readonly version: string,
  ) {
    super();
    this.own({ dispose: () => this.cancel() });
    this.own(
      inputs.onDidChange(() => {
        // A verdict belongs to what it was made of.
        this.cancel();
        this.last = undefined;
        this.failure = undefined;
        this.changed.fire();
      }),
    );
  }

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  cancel(): void {
    this.running?.abort();
  }

  /** Validates the chosen folder. Answers undefined when there is none, or another run took its place. */
  async run(): Promise<FinishedRun | undefined> {
    const { folder, keys, signatures } = this.inputs;
    if (folder === undefined) return undefined;
    this.cancel();
    const abort = new AbortController();
    this.running = abort;
    this.failure = undefined;
    this.changed.fire();
    const ports: NodePorts = this.memory.ports();
    try {
      const run = await runValidation(
        { folder, keys, signatures, version: this.version },
        ports,
        (progress) => this.progressed.fire(progress),
        abort.signal,
      );
      if (this.running !== abort) return undefined;
      this.last = run;
      return run;
    } catch (error) {
      if (this.running === abort) this.failure = error instanceof Error ? error.message : String(error);
      return undefined;
    } finally {
      ports.stop();
      if (this.running === abort) {
        this.running = undefined;
        this.changed.fire();
      }
    }
  }
}
