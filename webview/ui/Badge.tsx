import './register';

/** A count that stands beside a name. */
export function Badge({ text }: { readonly text: string }) {
  return <vscode-badge>{text}</vscode-badge>;
}
