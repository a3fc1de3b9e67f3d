import { dirname, join, relative, sep } from 'node:path';
import { ROOT } from './paths.mjs';

/** Bundles that are loaded when they are first needed. They stand at the same place below dist/ as below src/. */
export const LAZY = [
  'host/logEditor',
  'host/panel',
  'host/investigationEditor',
  'host/integrity',
  'node/ruleFiles',
  'aws/aws',
  'cli/sessions',
  'cli/sql',
  'cli/validate',
];

/**
 * Leaves `import('…')` of a lazy bundle to run time, wherever the source that says it ends up: the path is written from the folder of the
 * bundle that is being made, `name`, e.g. `host/panel`.
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
export function lazyImports(name) {
  return {
    name: 'lazy-imports',
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ kind, path, resolveDir }) => {
        const target = posix(relative(join(ROOT, 'src'), join(resolveDir, path)));
        if (kind !== 'dynamic-import' || target === name || !LAZY.includes(target)) return undefined;
        const from = posix(relative(dirname(name), target));
        return { path: from.startsWith('.') ? from : `./${from}`, external: true };
      });
    },
  };
}

function posix(path) {
  return path.split(sep).join('/');
}
