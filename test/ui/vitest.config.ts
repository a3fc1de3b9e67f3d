import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/ui/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Longer than a second: the machine may be busy with the index of a folder.
    expect: { poll: { timeout: 15_000, interval: 100 } },
    // One VS Code and one browser at a time: they share the machine's few cores.
    fileParallelism: false,
  },
});
