/** C0 and C1 controls and DEL, the marks that turn the direction of writing, and the separators of lines and paragraphs. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** JSON text with {@link CONTROLS} escaped that JSON lets stand as they are: the same value, and a terminal does nothing on it. */
export function escapeControls(json: string): string {
  // Line breaks stand between tokens only: inside strings JSON escapes them itself.
  return json.replace(CONTROLS, (control) => (control === '\n' ? control : unicodeEscape(control)));
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Log text fit for one line of a terminal or a label: controls, which could move the cursor or turn text around, become visible. */
export function visibleText(text: string): string {
  return text.replace(CONTROLS, (control) => {
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : unicodeEscape(control);
  });
}

/** `text` cut to `length` UTF-16 units, the last of them an ellipsis when something was cut off. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
