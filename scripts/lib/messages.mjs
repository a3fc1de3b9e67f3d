import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './paths.mjs';

/** Functions whose first argument is a text that a user sees. */
const TEXT_FUNCTIONS = new Set(['vscode.l10n.t', 'l10n.t', 'message', 't']);

/**
 * Every text in the sources that a user sees, with the files that use it. Calls whose first argument is no literal are returned as
 * `dynamic`: nobody could translate them.
 * @returns {{ texts: Map<string, string[]>, dynamic: string[] }}
 */
export function collectMessages() {
  /** @type {Map<string, string[]>} */
  const texts = new Map();
  /** @type {string[]} */
  const dynamic = [];
  for (const file of sourceFiles()) {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(ROOT, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
    );
    const visit = (node) => {
      if (ts.isCallExpression(node) && TEXT_FUNCTIONS.has(node.expression.getText(source))) {
        const [first] = node.arguments;
        if (first !== undefined && ts.isStringLiteralLike(first))
          texts.set(first.text, [...(texts.get(first.text) ?? []), file]);
        else dynamic.push(`${file}: ${node.getText(source).slice(0, 80)}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { texts, dynamic };
}

/** Everything but the command line, which speaks English only. */
function sourceFiles() {
  const files = ts.sys.readDirectory(ROOT, ['.ts', '.tsx'], undefined, ['src/**/*', 'webview/**/*']);
  return files
    .map((file) => relative(ROOT, file).replaceAll('\\', '/'))
    .filter((file) => !/^src\/cli\/|\.d\.ts$/.test(file));
}
