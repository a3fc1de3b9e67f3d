#!/usr/bin/env node
// Who may import whom, proven over the whole graph and for type-only imports too. A run that has read no modules is no proof, so it fails.
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import rules from '../.dependency-cruiser.mjs';
import { ROOT } from './lib/paths.mjs';

/** Each room of the house must have been seen, or the rules about it have proven nothing. */
const ROOMS = ['src/core', 'src/node', 'src/cli', 'src/host', 'src/protocol', 'src/extension.ts', 'webview'];

process.chdir(ROOT);
const tsConfig = extractTSConfig(join(ROOT, 'tsconfig.json'));
const { output } = await cruise(
  ['src', 'webview'].filter((folder) => existsSync(folder)),
  {
    ruleSet: rules,
    validate: true,
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
  },
  undefined,
  { tsConfig },
);
const { violations, totalCruised, totalDependenciesCruised } = output.summary;
const sources = output.modules.map(({ source }) => source);
const unseen = ROOMS.filter((room) => !sources.some((source) => source.startsWith(room)));
for (const { rule, from, to, cycle, via } of violations) {
  const way = cycle ?? via;
  console.log(
    `${rule.name}: ${from} → ${to}${way ? `\n    by way of ${way.map(({ name }) => name).join(' → ')}` : ''}`,
  );
}
if (unseen.length > 0) console.log(`No modules were read in: ${unseen.join(', ')}`);
if (totalDependenciesCruised < totalCruised)
  console.log(`Only ${totalDependenciesCruised} imports were seen in ${totalCruised} modules.`);
console.log(`${totalCruised} modules, ${totalDependenciesCruised} imports, ${violations.length} violations`);
process.exitCode = violations.length === 0 && unseen.length === 0 && totalDependenciesCruised >= totalCruised ? 0 : 1;
