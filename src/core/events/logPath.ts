/** What separates an archive from the file inside it, as in `logs.zip!/a.json.gz`. */
const MEMBER_SEPARATOR = '!/';

/** The path of a file inside an archive. */
export function memberPath(archive: string, member: string): string {
  return `${archive}${MEMBER_SEPARATOR}${member}`;
}

/** The file on disk that holds the log: of a file inside an archive, the archive. */
export function diskPath(path: string): string {
  return path.split(MEMBER_SEPARATOR, 1)[0]!;
}

/** Whether a log is a source (a file, an archive or a folder), or stands in it. Folders end as on the system the paths are from. */
export function isOfSource(path: string, source: string): boolean {
  if (!path.startsWith(source)) return false;
  const rest = path.slice(source.length);
  return rest === '' || /[\\/]$/.test(source) || /^[\\/]/.test(rest) || rest.startsWith(MEMBER_SEPARATOR);
}
