/** Spreadsheets run a cell that begins with one of these as a formula. OWASP, "CSV Injection". */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/**
 * One line of CSV (RFC 4180), without its line break. A cell that a spreadsheet would run as a formula gets an apostrophe in front; so does
 * every text from a log, and nothing else has to be trusted.
 */
export function csvLine(cells: readonly (string | number | boolean | undefined | null)[]): string {
  return cells.map((cell) => csvCell(cell === undefined || cell === null ? '' : String(cell))).join(',');
}

function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
