import './register';
import { useEffect, useRef } from 'preact/hooks';

export interface CheckboxProps {
  readonly checked: boolean;
  readonly label: string;
  readonly onChange: (checked: boolean) => void;
}

/** A box to tick, with its label. */
export function Checkbox({ checked, label, onChange }: CheckboxProps) {
  const box = useRef<HTMLElement & { checked: boolean }>(null);
  // The control tells of a change that came from here, too: only what the user did goes out.
  useEffect(() => {
    if (box.current !== null) box.current.checked = checked;
  }, [checked]);
  return (
    <vscode-checkbox
      ref={box}
      onChange={({ currentTarget }) => {
        const now = (currentTarget as HTMLInputElement).checked;
        if (now !== checked) onChange(now);
      }}
    >
      {label}
    </vscode-checkbox>
  );
}
