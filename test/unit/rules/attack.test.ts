import { describe, expect, test } from 'vitest';
import { Attack } from '../../../src/core/rules/attack';
import { attackData, rules } from './support';

const v19 = new Attack(attackData);
const v18 = new Attack(attackData, 'v18');

describe('tactics', () => {
  test.each([
    ['TA0001', 'TA0001 Initial Access', 'TA0001 Initial Access'],
    ['TA0005', 'TA0005 Stealth', 'TA0005 Defense Evasion'],
    ['TA0112', 'TA0112 Defense Impairment', 'TA0005 Defense Evasion'],
    ['TA0040', 'TA0040 Impact', 'TA0040 Impact'],
    ['TA9999', 'TA9999 TA9999', 'TA9999 TA9999'],
  ])('%s', (id, inV19, inV18) => {
    for (const [attack, expected] of [
      [v19, inV19],
      [v18, inV18],
    ] as const) {
      const { id: shown, name, url } = attack.tactic(id);
      expect(`${shown} ${name}`).toBe(expected);
      expect(url).toBe(`https://attack.mitre.org/tactics/${shown}/`);
    }
  });

  test.each([
    [
      ['TA0112', 'TA0001', 'TA0005'],
      ['TA0112', 'TA0001', 'TA0005'],
      ['TA0005', 'TA0001'],
    ],
    [['TA0005', 'TA0112'], ['TA0005', 'TA0112'], ['TA0005']],
    [['TA0001', 'TA0001'], ['TA0001'], ['TA0001']],
    [[], [], []],
  ])('%j: each once', (ids, inV19, inV18) => {
    expect(v19.tactics(ids).map(({ id }) => id)).toEqual(inV19);
    expect(v18.tactics(ids).map(({ id }) => id)).toEqual(inV18);
  });
});

describe('techniques', () => {
  test.each([
    ['T1078.004', 'T1078.004 Valid Accounts: Cloud Accounts', 'T1078.004 Valid Accounts: Cloud Accounts'],
    ['T1580', 'T1580 Cloud Infrastructure Discovery', 'T1580 Cloud Infrastructure Discovery'],
    ['T1685', 'T1685 Disable or Modify Tools', 'T1562.001 Impair Defenses: Disable or Modify Tools'],
    [
      'T1685.002',
      'T1685.002 Disable or Modify Tools: Disable or Modify Cloud Log',
      'T1562.008 Impair Defenses: Disable or Modify Cloud Logs',
    ],
    [
      'T1686.001',
      'T1686.001 Disable or Modify System Firewall: Cloud Firewall',
      'T1562.007 Impair Defenses: Disable or Modify Cloud Firewall',
    ],
    ['T9999.001', 'T9999.001 T9999.001', 'T9999.001 T9999.001'],
  ])('%s', (id, inV19, inV18) => {
    for (const [attack, expected] of [
      [v19, inV19],
      [v18, inV18],
    ] as const) {
      const { id: shown, name, url } = attack.technique(id);
      expect(`${shown} ${name}`).toBe(expected);
      expect(url).toBe(`https://attack.mitre.org/techniques/${shown.replace('.', '/')}/`);
    }
  });

  test('every one of the catalogue has a name in both versions', () => {
    for (const id of new Set(rules.flatMap(({ techniques }) => techniques))) {
      for (const attack of [v19, v18]) {
        const technique = attack.technique(id);
        expect(technique.name).not.toBe(technique.id);
      }
    }
  });

  test('every tactic has a name in both versions, none of v19 alone in v18', () => {
    for (const id of new Set(rules.flatMap(({ tactics }) => tactics))) {
      for (const attack of [v19, v18]) expect(attack.tactic(id).name).not.toMatch(/^TA\d/);
      expect(v18.tactic(id).name).not.toMatch(/Stealth|Impairment/);
    }
  });
});
