import './register';

export interface TextFieldProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly onInput: (value: string) => void;
  readonly onEnter?: () => void;
}

/** A field for one line of text; its label stands above it. */
export function TextField({ value, label, placeholder = '', onInput, onEnter }: TextFieldProps) {
  return (
    <vscode-text-field
      value={value}
      placeholder={placeholder}
      onInput={({ currentTarget }) => onInput((currentTarget as HTMLInputElement).value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onEnter?.();
      }}
    >
      {label}
    </vscode-text-field>
  );
}
