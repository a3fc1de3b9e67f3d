// CloudTrail Insights noticed that secrets were guessed: a record when the burst begins and one when it is over. Such records have no
// userIdentity and no eventName of their own.
import { AGENT } from './agents.mjs';
import { rawNumber } from './json.mjs';
import { uuidFor } from './seeded.mjs';
import { at, iso } from './time.mjs';
import { HOME_REGION, USER, WORKLOADS } from './world.mjs';

const SHARED_ID = uuidFor('insight');
/** Minutes; a baseline covers a week at least. */
const BASELINE = 10080;

export function insights(timeline) {
  add(timeline, 'Start', '03:16:00', { average: '8.0', minutes: 1 });
  add(timeline, 'End', '03:19:00', { average: '4.0', minutes: 2 });
}

function add(timeline, state, clock, { average, minutes }) {
  const attribution = (attribute, value) => ({
    attribute,
    insight: [{ value, average: rawNumber(average) }],
    baseline: [],
  });
  const record = {
    eventVersion: '1.11',
    eventTime: iso(at(clock)),
    awsRegion: HOME_REGION,
    eventID: uuidFor(`insight ${state}`),
    eventType: 'AwsCloudTrailInsight',
    recipientAccountId: WORKLOADS,
    sharedEventID: SHARED_ID,
    insightDetails: {
      state,
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'GetSecretValue',
      insightType: 'ApiErrorRateInsight',
      errorCode: 'AccessDeniedException',
      insightContext: {
        statistics: {
          baseline: { average: rawNumber('0.0') },
          insight: { average: rawNumber(average) },
          insightDuration: minutes,
          baselineDuration: BASELINE,
        },
        attributions: [attribution('userIdentityArn', USER.ciDeployer.arn), attribution('userAgent', AGENT.enumerator)],
      },
      sourceEventCategory: 'Management',
    },
    eventCategory: 'Insight',
  };
  const folder = 'CloudTrail-Insight';
  timeline.add({ account: WORKLOADS, region: HOME_REGION, folder, time: at(clock), record, touched: [], twice: false });
}
