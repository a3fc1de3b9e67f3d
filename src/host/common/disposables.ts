import type * as vscode from 'vscode';

/** Owns disposables and disposes of them, newest first. */
export class Disposables implements vscode.Disposable {
  private readonly owned: vscode.Disposable[] = [];

  protected own<T extends vscode.Disposable>(disposable: T): T {
    this.owned.push(disposable);
    return disposable;
  }

  dispose(): void {
    for (const disposable of this.owned.splice(0).reverse()) disposable.dispose();
  }
}
