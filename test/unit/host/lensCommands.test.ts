import { describe, expect, it, vi } from 'vitest';
import { LensCommands } from '../../../src/host/editor/lensCommands';
import { EventEmitter, commands } from './fakeVscode';

vi.mock('vscode', () => import('./fakeVscode'));

const LENS = { title: 'Show', command: 'show', arguments: [{ index: 1 }] };

describe('what a lens calls', () => {
  it('is one command for as long as its document is open', () => {
    const closed = new EventEmitter<unknown>();
    const lenses = new LensCommands(closed.event as never);
    const document = { isClosed: false };
    const first = lenses.withoutArguments(document as never, LENS);
    expect(first).toEqual({ title: 'Show', command: expect.stringMatching(/^_cloudtrail\.lens\./) as string });
    expect(lenses.withoutArguments(document as never, LENS)).toEqual(first);
    expect([...commands.registered.keys()]).toEqual([first.command]);
    document.isClosed = true;
    closed.fire(document);
    expect(commands.registered.size).toBe(0);
    // VS Code may ask for a lens of before.
    expect(lenses.withoutArguments(document as never, LENS)).toEqual(LENS);
    expect(commands.registered.size).toBe(0);
  });
});
