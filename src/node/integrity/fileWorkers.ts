import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { DigestContent, LogContent } from '../../core/integrity/ports';
import { message } from '../../core/message';
import type { FileJob } from './readFiles';

/** The build puts workers in dist/worker; bundles stand in dist/ or one folder below. */
const SCRIPT = join('worker', 'integrity.js');
/** Jobs that go to a worker in one message, and how many such batches may wait at it, so that it never runs dry. */
const BATCH = 8;
const WAITING = 2;
const MOST_WORKERS = 16;
/** A worker that died is replaced so often; a file that kills workers must not do so for ever. */
const MOST_REPLACED = 4;

export type FileContent = DigestContent | LogContent;
export interface FileBatch {
  readonly id: number;
  readonly jobs: readonly FileJob[];
}
export interface FileAnswers {
  readonly id: number;
  readonly contents: readonly FileContent[];
}

interface Waiting {
  readonly job: FileJob;
  readonly answer: (content: FileContent) => void;
}

interface Member {
  readonly worker: Worker;
  readonly batches: Map<number, readonly Waiting[]>;
}

/** Where the worker's bundle stands; undefined in a program that was built without it. */
export function workerScript(): string | undefined {
  return [join(__dirname, SCRIPT), join(__dirname, '..', SCRIPT)].find((path) => existsSync(path));
}

/**
 * Reads files in worker threads, as many as there are processors. Jobs are taken in their order. Stopped, it answers what is under way as cancelled, at
 * once: a worker in the middle of a file is ended.
 */
export class FileWorkers {
  private readonly members: Member[] = [];
  private queue: Waiting[] = [];
  private taken = 0;
  private scheduled = false;
  private stopped = false;
  private replaced = 0;
  private nextId = 0;

  constructor(
    private readonly script: string,
    private readonly count = Math.min(availableParallelism(), MOST_WORKERS),
  ) {}

  read(job: FileJob): Promise<FileContent> {
    if (this.stopped) return Promise.resolve({ kind: 'cancelled' });
    return new Promise((answer) => {
      this.queue.push({ job, answer });
      this.schedule();
    });
  }

  /** Ends the workers. Everything not yet answered is cancelled. */
  stop(): void {
    this.stopped = true;
    const waiting = [...this.members.flatMap(({ batches }) => [...batches.values()].flat()), ...this.rest()];
    for (const { worker } of this.members.splice(0)) void worker.terminate();
    for (const { answer } of waiting) answer({ kind: 'cancelled' });
  }

  /** Jobs mostly come many at once: they are handed out when all of them are there. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.handOut();
    });
  }

  private handOut(): void {
    if (this.stopped) return;
    while (this.members.length < this.count && this.members.length * BATCH < this.left) this.members.push(this.start());
    for (let round = 0; round < WAITING; round++) {
      for (const member of this.members) if (member.batches.size <= round) this.send(member);
    }
  }

  private send({ worker, batches }: Member): void {
    const size = Math.max(1, Math.min(BATCH, Math.ceil(this.left / this.members.length)));
    const batch = this.queue.slice(this.taken, this.taken + size);
    if (batch.length === 0) return;
    this.taken += batch.length;
    if (this.taken === this.queue.length) {
      this.queue = [];
      this.taken = 0;
    }
    const id = this.nextId++;
    batches.set(id, batch);
    worker.postMessage({ id, jobs: batch.map(({ job }) => job) } satisfies FileBatch);
  }

  private get left(): number {
    return this.queue.length - this.taken;
  }

  private rest(): Waiting[] {
    const rest = this.queue.slice(this.taken);
    this.queue = [];
    this.taken = 0;
    return rest;
  }

  private start(): Member {
    const worker = new Worker(this.script);
    const member: Member = { worker, batches: new Map() };
    worker.on('message', ({ id, contents }: FileAnswers) => {
      const batch = member.batches.get(id);
      member.batches.delete(id);
      batch?.forEach(({ answer }, i) => answer(contents[i]!));
      this.schedule();
    });
    worker.on('error', (error) => this.lose(member, error));
    return member;
  }

  /** A worker died, of memory perhaps: its files cannot be said to be anything. */
  private lose(member: Member, error: Error): void {
    this.members.splice(this.members.indexOf(member), 1);
    const text = message('The file could not be read: {0}', error.message);
    const lost = [...member.batches.values()].flat();
    if (++this.replaced > MOST_REPLACED && this.members.length === 0) lost.push(...this.rest());
    for (const { answer } of lost) answer({ kind: 'unreadable', message: text });
    if (this.replaced <= MOST_REPLACED) this.schedule();
  }
}
