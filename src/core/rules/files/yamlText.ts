/** A text as YAML on one line: bare where nothing in it means anything, else in double quotes as JSON, which YAML takes. */
export function yamlText(text: string): string {
  // A JSON string leaves these as they are; in YAML they would break the line or be refused.
  const quoted = JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const bare =
    /^[A-Za-z][A-Za-z0-9 _./+-]*[A-Za-z0-9._/+-]$|^[A-Za-z]$/.test(text) &&
    !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return bare ? text : quoted;
}
