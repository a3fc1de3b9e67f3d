import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type MochaClass from 'mocha';

/** Where the repository is; the bundler puts it in. */
declare const REPOSITORY: string;

/** What the script that started VS Code reads when the run is over. */
interface HostResults {
  passed: number;
  readonly failed: { readonly title: string; readonly error: string }[];
  /** Figures that suites report, by name. */
  readonly figures: Record<string, number>;
}

const results: HostResults = { passed: 0, failed: [], figures: {} };

/** Reports a figure, for instance a time in ms. It is shown, and held against a budget by the script that started VS Code. */
export function report(name: string, value: number): void {
  results.figures[name] = Math.round(value * 10) / 10;
}

/** Runs the suites in the extension host and writes the results to the file that CLOUDTRAIL_TEST_RESULTS names. */
export async function runSuites(suites: readonly (() => unknown)[]): Promise<void> {
  const Mocha = createRequire(join(REPOSITORY, 'package.json'))('mocha') as typeof MochaClass;
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: collector(Mocha) });
  mocha.suite.emit('pre-require', globalThis as never, '', mocha);
  for (const suite of suites) suite();
  await new Promise((resolve) => mocha.run(resolve));
  writeFileSync(process.env['CLOUDTRAIL_TEST_RESULTS']!, JSON.stringify(results));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} host tests failed`);
}

/** A reporter that notes each test and says it on the console, which the script that started VS Code listens to. */
function collector(Mocha: typeof MochaClass): Mocha.ReporterConstructor {
  return class extends Mocha.reporters.Base {
    constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
      super(runner, options);
      runner.on('pass', (test) => {
        results.passed++;
        console.log(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
      });
      runner.on('fail', (test, error: Error) => {
        results.failed.push({ title: test.fullTitle(), error: error.stack ?? error.message });
        console.log(`  ✗ ${test.fullTitle()}`);
      });
    }
  };
}
