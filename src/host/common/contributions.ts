/**
 * Every id that `package.json` and the code share, in one typed place; `test/unit/host/contributions.test.ts` holds the two together.
 */
const LOG_COMMANDS = {
  openLaidOutLog: 'cloudtrail.openLaidOutLog',
  openOriginalText: 'cloudtrail.openOriginalText',
  openLogPart: 'cloudtrail.openLogPart',
  toggleAnnotations: 'cloudtrail.toggleAnnotations',
  nextFinding: 'cloudtrail.nextFinding',
  previousFinding: 'cloudtrail.previousFinding',
  showFindings: 'cloudtrail.showFindings',
  showRecordFindings: 'cloudtrail.showRecordFindings',
  copyRecord: 'cloudtrail.copyRecord',
  copyFieldPath: 'cloudtrail.copyFieldPath',
  muteRule: 'cloudtrail.muteRule',
  newRuleFromRecord: 'cloudtrail.newRuleFromRecord',
} as const;

/** Commands of the side panel and of what it stands for: patterns, rules, sources. */
export const PANEL_COMMANDS = {
  runFilterPattern: 'cloudtrail.runFilterPattern',
  copyPatternAsSql: 'cloudtrail.copyPatternAsSql',
  openSamples: 'cloudtrail.openSamples',
  savePatternAsRule: 'cloudtrail.savePatternAsRule',
  addSource: 'cloudtrail.addSource',
  addSourceFiles: 'cloudtrail.addSourceFiles',
  removeSource: 'cloudtrail.removeSource',
  refreshSources: 'cloudtrail.refreshSources',
  clearSavedIndexes: 'cloudtrail.clearSavedIndexes',
  runAllRules: 'cloudtrail.runAllRules',
  runRule: 'cloudtrail.runRule',
  groupFindings: 'cloudtrail.groupFindings',
  openFinding: 'cloudtrail.openFinding',
  muteFinding: 'cloudtrail.muteFinding',
  copyFinding: 'cloudtrail.copyFinding',
  exportFindings: 'cloudtrail.exportFindings',
  filterForValue: 'cloudtrail.filterForValue',
  filterOutValue: 'cloudtrail.filterOutValue',
  copyAsPattern: 'cloudtrail.copyAsPattern',
  copyValueAsSql: 'cloudtrail.copyValueAsSql',
  showSession: 'cloudtrail.showSession',
  readFolderSessions: 'cloudtrail.readFolderSessions',
  filterSessions: 'cloudtrail.filterSessions',
  clearSessionFilter: 'cloudtrail.clearSessionFilter',
  openSessionRecord: 'cloudtrail.openSessionRecord',
  openSessionIssue: 'cloudtrail.openSessionIssue',
  patternForSession: 'cloudtrail.patternForSession',
  patternForPerson: 'cloudtrail.patternForPerson',
  copySessionPattern: 'cloudtrail.copySessionPattern',
} as const;

/** Commands of the investigation editor. */
export const INVESTIGATION_COMMANDS = {
  investigateFolder: 'cloudtrail.investigateFolder',
  showInvestigation: 'cloudtrail.showInvestigation',
} as const;

/** Commands about digests; those that call AWS say so in their titles. */
export const INTEGRITY_COMMANDS = {
  validateFolder: 'cloudtrail.validateFolder',
  watchIntegrity: 'cloudtrail.watchIntegrity',
  fetchDigestKeys: 'cloudtrail.fetchDigestKeys',
  fetchDigestSignatures: 'cloudtrail.fetchDigestSignatures',
} as const;

export const COMMANDS = {
  ...LOG_COMMANDS,
  ...PANEL_COMMANDS,
  ...INVESTIGATION_COMMANDS,
  ...INTEGRITY_COMMANDS,
} as const;

/** Commands that only the extension's own links and lenses call, with arguments: they are kept out of the palette. */
export const INTERNAL_COMMANDS: readonly string[] = [
  COMMANDS.showRecordFindings,
  COMMANDS.muteRule,
  COMMANDS.openFinding,
  COMMANDS.muteFinding,
  COMMANDS.copyFinding,
  COMMANDS.openSessionRecord,
  COMMANDS.openSessionIssue,
  COMMANDS.patternForSession,
  COMMANDS.patternForPerson,
  COMMANDS.copySessionPattern,
];

/** Settings, without the section `cloudtrail.`, and the types of their values. */
export interface Settings {
  'editor.openLaidOut': 'always' | 'never';
  'editor.annotations': boolean;
  'editor.codeLens': boolean;
  'editor.minimumSeverity': 'info' | 'low' | 'medium' | 'high' | 'critical';
  'problems.minimumSeverity': 'info' | 'low' | 'medium' | 'high' | 'critical' | 'off';
  'attack.version': 'v19' | 'v18';
  'rules.folder': string;
}

export const SETTINGS_SECTION = 'cloudtrail';

export const CONTEXT_KEYS = {
  /** The active editor shows a CloudTrail log. */
  isLog: 'cloudtrail.isLog',
  /** The active editor shows a log laid out by the extension. */
  isLaidOut: 'cloudtrail.isLaidOut',
  /** The Sessions view leaves sessions out that a pattern does not match. */
  isSessionsFiltered: 'cloudtrail.isSessionsFiltered',
} as const;

export const CUSTOM_EDITORS = {
  /** CloudTrail's own file names. */
  log: 'cloudtrail.log',
  /** Any other packed JSON, on request. */
  packedJson: 'cloudtrail.packedJson',
} as const;

/** Views of the side panel. */
export const VIEWS = {
  sources: 'cloudtrail.sources',
  hunt: 'cloudtrail.hunt',
  findings: 'cloudtrail.findings',
  sessions: 'cloudtrail.sessions',
  integrity: 'cloudtrail.integrity',
} as const;

/** The investigation editor, one a window. */
export const INVESTIGATION_EDITOR = 'cloudtrail.investigation';

/** Scheme of the read-only documents that show logs laid out. */
export const LOG_SCHEME = 'cloudtrail-log';
