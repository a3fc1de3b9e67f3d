import './register';
import type { ComponentChildren } from 'preact';

export interface ButtonProps {
  readonly children: ComponentChildren;
  readonly onClick: () => void;
  readonly appearance?: 'primary' | 'secondary';
  readonly disabled?: boolean;
  /** What a screen reader says when the text alone does not tell. */
  readonly label?: string;
  readonly title?: string;
}

/** A push button. */
export function Button({ children, onClick, appearance = 'secondary', disabled = false, label, title }: ButtonProps) {
  return (
    <vscode-button appearance={appearance} disabled={disabled} aria-label={label} title={title} onClick={onClick}>
      {children}
    </vscode-button>
  );
}
