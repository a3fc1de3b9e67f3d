// The house of the project: who may import whom. Read by scripts/imports.mjs.

/** Folders of src/ and what each may import from src/ and webview/, beside itself. */
const MAY_IMPORT = {
  'src/core': [],
  'src/node': ['src/core'],
  'src/worker': ['src/core', 'src/node', 'src/protocol'],
  'src/cli': ['src/core', 'src/node'],
  'src/aws': ['src/core'],
  'src/protocol': ['src/core'],
  'src/host': ['src/core', 'src/node', 'src/aws', 'src/protocol'],
  webview: ['src/protocol', 'src/core'],
};

const rooms = Object.entries(MAY_IMPORT).map(([room, allowed]) => ({
  name: `${room} may import ${allowed.length === 0 ? 'only itself' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: '^(src|webview)/', pathNot: [room, ...allowed].map((folder) => `^${folder}/`) },
}));

/** @type {import('dependency-cruiser').IRuleSetType} */
export default {
  forbidden: [
    ...rooms,
    {
      name: 'core is pure: no vscode, no Node.js, by no way',
      severity: 'error',
      from: { path: '^src/core/' },
      to: {
        reachable: true,
        path: '^(vscode|node:.*|fs|path|crypto|zlib|events|util|stream|os|worker_threads|child_process)$',
      },
    },
    {
      name: 'only host and the composition root import vscode',
      severity: 'error',
      from: { path: '^(src|webview)/', pathNot: '^src/(host/|extension\\.ts$)' },
      to: { path: '^(vscode|node_modules/@types/vscode)' },
    },
    {
      name: 'nothing imports the composition root',
      severity: 'error',
      from: {},
      to: { path: '^src/extension\\.ts$' },
    },
    {
      name: 'core packages are pure JavaScript',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'npm-dev'], pathNot: 'node_modules/(ipaddr\\.js|jsonc-parser|yaml)/' },
    },
    {
      name: 'webviews run in a browser',
      severity: 'error',
      from: { path: '^webview/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'protocol takes only types from core',
      severity: 'error',
      from: { path: '^src/protocol/' },
      to: { path: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no cycles',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every import resolves',
      severity: 'error',
      from: { path: '^(src|webview)/' },
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
};
