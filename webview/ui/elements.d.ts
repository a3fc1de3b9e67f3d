import type { HTMLAttributes } from 'preact';

type Custom<Attributes = object> = HTMLAttributes<HTMLElement> & Attributes;

declare module 'preact' {
  // The only way to tell JSX of custom elements.
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': Custom<{ appearance?: string; disabled?: boolean; autofocus?: boolean }>;
      'vscode-text-field': Custom<{ value?: string; placeholder?: string; disabled?: boolean; size?: number }>;
      'vscode-checkbox': Custom<{ checked?: boolean; disabled?: boolean }>;
      'vscode-dropdown': Custom<{ value?: string; disabled?: boolean; position?: string }>;
      'vscode-option': Custom<{ value?: string; selected?: boolean }>;
      'vscode-badge': Custom;
      'vscode-progress-ring': Custom;
    }
  }
}
