import * as vscode from 'vscode';

/** What fills a tree view, once it is loaded. */
export interface TreeSource<Row> extends vscode.TreeDataProvider<Row> {
  readonly onDidChangeTreeData: vscode.Event<void>;
  /** Told the view that it fills, before it is asked for rows. */
  attach(view: vscode.TreeView<Row>): void;
}

/** Registers a tree view; what fills it is loaded when it is first asked for rows. */
export function registerLazyTree<Row>(id: string, load: () => Promise<TreeSource<Row>>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  let loading: Promise<TreeSource<Row>> | undefined;
  const source = (): Promise<TreeSource<Row>> =>
    (loading ??= load().then((loaded) => {
      loaded.attach(view);
      loaded.onDidChangeTreeData(() => changed.fire());
      return loaded;
    }));
  const view = vscode.window.createTreeView<Row>(id, {
    showCollapseAll: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: async (row) => (await source()).getChildren(row),
      getTreeItem: async (row) => (await source()).getTreeItem(row),
      getParent: async (row) => (await source()).getParent?.(row),
      resolveTreeItem: async (item, row, token) => (await source()).resolveTreeItem?.(item, row, token) ?? item,
    },
  });
  return vscode.Disposable.from(view, changed);
}
