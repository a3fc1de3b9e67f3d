import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  CONTEXT_KEYS,
  CUSTOM_EDITORS,
  INTERNAL_COMMANDS,
  LOG_SCHEME,
  VIEWS,
} from '../../../src/host/common/contributions';

const ROOT = join(import.meta.dirname, '../../..');
const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
const { activationEvents, contributes, icon } = JSON.parse(text) as {
  activationEvents: string[];
  icon: string;
  contributes: {
    commands: { command: string; category: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    keybindings: { command: string }[];
    customEditors: { viewType: string }[];
    configuration: { properties: Record<string, { default: unknown; type: string }> };
    colors: { id: string; defaults: Record<string, string> }[];
    views: Record<string, { id: string }[]>;
  };
};
const sorted = (list: Iterable<string>): string[] => [...list].sort();

/** The keys of the `Settings` interface, read from its source: types are gone at run time. */
function settingKeys(): string[] {
  const source = readFileSync(join(ROOT, 'src/host/common/contributions.ts'), 'utf8');
  const body = /export interface Settings \{([\s\S]*?)\n\}/.exec(source)![1]!;
  return [...body.matchAll(/^ {2}'([\w.]+)':/gm)].map((match) => `cloudtrail.${match[1]!}`);
}

describe('package.json and the code agree', () => {
  it('on commands', () => {
    expect(sorted(contributes.commands.map(({ command }) => command))).toEqual(sorted(Object.values(COMMANDS)));
  });

  it('on settings', () => {
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(sorted(settingKeys()));
  });

  it('on custom editors', () => {
    expect(sorted(contributes.customEditors.map(({ viewType }) => viewType))).toEqual(
      sorted(Object.values(CUSTOM_EDITORS)),
    );
  });

  it('on context keys', () => {
    const used = new Set([...text.matchAll(/cloudtrail\.is\w+/g)].map(([key]) => key));
    expect(sorted(used)).toEqual(sorted(Object.values(CONTEXT_KEYS)));
  });

  it('on views', () => {
    const views = Object.values(contributes.views).flat();
    expect(sorted(views.map(({ id }) => id))).toEqual(sorted(Object.values(VIEWS)));
  });

  it('on the scheme of laid-out logs', () => expect(activationEvents).toContain(`onFileSystem:${LOG_SCHEME}`));

  it('on colours', () => {
    const source = readFileSync(join(ROOT, 'src/host/editor/decorationTypes.ts'), 'utf8');
    for (const { id, defaults } of contributes.colors) {
      const name = id.replace('cloudtrail.', '').split('.');
      expect(source, id).toMatch(new RegExp(`${name[0]!}\\.|'${name[1]!}'`));
      expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
    }
  });
});

it('the host writes no id of a command or view but in the one list of them', () => {
  const ids = new Set<string>([...Object.values(COMMANDS), ...Object.values(VIEWS)]);
  const written = readdirSync(join(ROOT, 'src/host'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('contributions.ts'))
    .flatMap((path) => {
      const source = readFileSync(join(ROOT, 'src/host', path), 'utf8');
      const found = [...source.matchAll(/['"`](cloudtrail\.\w+)/g)].map((match) => match[1]!);
      return found.filter((id) => ids.has(id)).map((id) => `${path}: ${id}`);
    });
  expect(written).toEqual([]);
});

describe('package.json', () => {
  it('puts every command under one category', () => {
    expect(new Set(contributes.commands.map(({ category }) => category))).toEqual(new Set(['CloudTrail']));
  });

  it('names only commands it has', () => {
    const own = new Set<string>(Object.values(COMMANDS));
    const named = [...Object.values(contributes.menus).flat(), ...contributes.keybindings].map(
      ({ command }) => command,
    );
    expect(named.filter((command) => !own.has(command))).toEqual([]);
  });

  it('keeps internal commands out of the palette', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false').map(
      ({ command }) => command,
    );
    expect(sorted(hidden)).toEqual(sorted(INTERNAL_COMMANDS));
  });

  it('gives every setting a default of its type', () => {
    for (const [key, { default: value, type }] of Object.entries(contributes.configuration.properties)) {
      expect(typeof value, key).toBe(type);
    }
  });

  it('names an icon that is there', () => expect(existsSync(join(ROOT, icon))).toBe(true));
});
