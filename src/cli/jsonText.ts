import { escapeControls } from '../core/text';

/** A value as JSON for standard output, which may be a terminal. */
export function jsonText(value: unknown, indent?: number): string {
  return escapeControls(JSON.stringify(value, null, indent));
}
