import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readEvent } from '../../../src/core/events/event';
import { RecordView } from '../../../src/core/events/recordView';
import { chainText, keyMakerText } from '../../../src/core/identity/identityTexts';
import { keyMakers } from '../../../src/core/identity/keyMakers';
import { english } from '../../../src/core/message';
import { patternOfPerson, patternOfSessions } from '../../../src/core/identity/sessionPatterns';
import { SessionBuilder } from '../../../src/core/identity/sessionBuilder';
import type { SessionGraph } from '../../../src/core/identity/sessionGraph';
import { sessionRecord } from '../../../src/core/identity/sessionRecord';
import { sessionTree } from '../../../src/core/identity/sessionTree';
import { compilePattern } from '../../../src/core/patterns/match';
import { parsePattern } from '../../../src/core/patterns/parse';
import { readLog } from '../../../src/node/readLog';
import type { CloudTrailRecord } from '../../fixtures/records';
import { NOW, graphOf, ofKey } from './support';

const SAMPLES = 'samples/example-trail-bucket/AWSLogs';

interface Samples {
  readonly graph: SessionGraph;
  readonly views: readonly RecordView[];
  /** The keys that calls gave out, and the ids of those calls. */
  readonly issued: ReadonlyMap<string, readonly string[]>;
}

async function readSamples(): Promise<Samples> {
  const builder = new SessionBuilder();
  const views: RecordView[] = [];
  const issued = new Map<string, string[]>();
  const logs = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\/CloudTrail\/.*\.gz$/.test(path),
  );
  for (const log of logs) {
    let index = 0;
    await readLog(join(SAMPLES, log), {
      onRecord: ({ bytes, start }) => {
        const view = new RecordView(bytes.slice());
        views.push(view);
        const record = sessionRecord(view, readEvent(view), { file: log, index: index++, offset: start });
        builder.add(record);
        const key = record.issued?.accessKeyId;
        if (key !== undefined) issued.set(key, [...(issued.get(key) ?? []), record.event.eventID!]);
      },
    });
  }
  return { graph: await builder.build(NOW), views, issued };
}

describe('the sample attack', () => {
  let samples: Samples;
  const session = (role: string) =>
    samples.graph.sessions.find(({ arn, events }) => events > 0 && arn?.includes(`assumed-role/${role}/`) === true)!;

  beforeAll(async () => {
    samples = await readSamples();
  });

  it('is followed over two accounts to the key it began with', () => {
    const { graph } = samples;
    const last = session('BackupRestoreRole');
    expect(chainText(graph, last)).toBe('backup-svc (IAMUser) → DeployRole → DataReadRole → BackupRestoreRole');
    expect(last.origin).toMatchObject({
      type: 'IAMUser',
      arn: 'arn:aws:iam::111122223333:user/backup-svc',
      confidence: 'exact',
    });
    expect(session('DataReadRole').link?.evidence).toEqual(['access-key', 'shared-event']);
    const [made] = keyMakers(graph, last);
    expect(english(keyMakerText(graph, made!.maker))).toBe('key made by ci-deployer (IAMUser)');
    const [first] = graph.chainTo(last);
    expect(first?.userName, 'the new user’s key was made with the leaked one').toBe('ci-deployer');
    expect(first?.oddities).toEqual(['two-places', 'attack-tool', 'client-changed']);
  });

  it('links every access key that was issued to its issuer', () => {
    const { graph, issued } = samples;
    expect(issued.size).toBeGreaterThan(30);
    for (const [key, ids] of issued) {
      expect(ids).toContain(ofKey(graph, key).link?.issue.eventID);
      expect(ofKey(graph, key).link?.confidence).toBe('exact');
    }
  });

  it('gives patterns that select the session, and the person through every role', () => {
    const { graph, views } = samples;
    const last = session('BackupRestoreRole');
    const selected = (text: string): string[] => {
      const { pattern, errors } = parsePattern(text);
      expect(errors).toEqual([]);
      const matches = compilePattern(pattern!);
      return views.filter(matches).map((view) => readEvent(view).arn ?? '');
    };
    const own = patternOfSessions([last]);
    expect(own).toEqual({ text: `{ $.userIdentity.accessKeyId = "${last.accessKeyId}" }`, leftOut: 0 });
    expect(new Set(selected(own.text))).toEqual(new Set([last.arn]));
    expect(selected(own.text)).toHaveLength(last.events);
    const person = patternOfPerson(graph, last);
    expect(person.leftOut).toBe(0);
    // Other accounts' copies of what the person did have no ARN.
    const arns = selected(person.text).filter((arn) => arn !== '');
    const roles = new Set(arns.map((arn) => arn.split('/')[1]));
    expect(roles).toEqual(new Set(['backup-svc', 'DeployRole', 'DataReadRole', 'BackupRestoreRole']));
  });

  it('stands in the tree under the leaked key, the keys of one sign-in together', async () => {
    const tree = await sessionTree(samples.graph, NOW);
    const deployer = tree.find(({ origin }) => origin.userName === 'ci-deployer')!;
    const path: string[] = [];
    for (let [node] = deployer.nodes; node !== undefined; [node] = node.children)
      path.push(node.sessions[0].arn!.split('/')[1]!);
    expect(path).toEqual(['ci-deployer', 'backup-svc', 'DeployRole', 'DataReadRole', 'BackupRestoreRole']);
    const kai = tree.find(({ origin }) => origin.userName === 'kai')!;
    expect(kai.nodes).toMatchObject([{ kind: 'sign-in' }]);
    expect(kai.nodes[0]!.sessions.length).toBeGreaterThan(5);
    const kept = await sessionTree(samples.graph, NOW, (each) => each === session('DataReadRole'));
    expect(kept).toHaveLength(1);
    expect(kept[0]!.nodes[0]!.children[0]!.children[0]!.children[0]!.children).toEqual([]);
  });
});

describe('records of a real attack simulation', () => {
  const { Records } = JSON.parse(readFileSync('test/fixtures/stratusSessions.json', 'utf8')) as {
    Records: CloudTrailRecord[];
  };
  const CASES: readonly [
    title: string,
    key: string,
    chain: string,
    link: string | undefined,
    reason: string | undefined,
  ][] = [
    [
      'a role that a user took',
      'ASIATFQR7NSC2632JLFK',
      'bert-jan (IAMUser) → stratus-red-team-get-usr-data-role',
      'exact',
      undefined,
    ],
    [
      'an instance whose call leaves assumedRoleUser out',
      'ASIATFQR7NSCSHSEVYP5',
      'i-0dbc91f429e48eeed (AWSService) → stratus-red-team-ec2-steal-credentials-role',
      'exact',
      undefined,
    ],
    [
      'an instance with another key than the call gave out',
      'ASIATFQR7NSCWFKWOWVD',
      'i-05c30218156bcc246 (AWSService) → stratus-red-team-ec2-enumerate-role',
      'likely',
      undefined,
    ],
    [
      'a key that Secrets Manager used for a user',
      'ASIATFQR7NSCTZGM7B26',
      'bert-jan (IAMUser)',
      undefined,
      'made-by-aws',
    ],
    [
      'a service-linked role, never used',
      'ASIATFQR7NSCZLRUEGMR',
      'rds.amazonaws.com (AWSService) → AWSServiceRoleForRDS',
      'exact',
      undefined,
    ],
  ];

  it.each(CASES)('%s', async (_title, key, chain, link, reason) => {
    const graph = await graphOf(Records);
    const session = ofKey(graph, key);
    expect(chainText(graph, session)).toBe(chain);
    expect(session.link?.confidence).toBe(link);
    expect(session.reason).toBe(reason);
    expect(session.origin.confidence).toBe('exact');
  });
});
