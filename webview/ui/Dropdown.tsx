import './register';
import { useUniqueId } from '../common/uniqueId';
import { useEffect, useRef } from 'preact/hooks';

export interface DropdownProps<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly text: string }[];
  readonly onChange: (value: Value) => void;
}

/** A choice of one among few. */
export function Dropdown<Value extends string>({ value, label, options, onChange }: DropdownProps<Value>) {
  const id = useUniqueId();
  const control = useRef<HTMLElement & { value: string }>(null);
  // Options are upgraded after the control: set once they stand, or the first one is shown.
  useEffect(() => {
    if (control.current !== null && control.current.value !== value) control.current.value = value;
  });
  return (
    <div class="dropdown">
      <label id={id}>{label}</label>
      <vscode-dropdown
        ref={control}
        aria-labelledby={id}
        onChange={({ currentTarget }) => {
          const chosen = (currentTarget as HTMLSelectElement).value as Value;
          if (chosen !== value && options.some((option) => option.value === chosen)) onChange(chosen);
        }}
      >
        {options.map(({ value: each, text }) => (
          <vscode-option key={each} value={each} selected={each === value}>
            {text}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </div>
  );
}
