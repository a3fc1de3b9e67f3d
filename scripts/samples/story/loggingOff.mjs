// 5. The detectors, the flow logs and at last the trail of the workloads account are switched off; in the data account a policy of the
// organization keeps the trail running.
import { rentedCli } from '../agents.mjs';
import { BY_CONTROL_POLICY, denied } from '../errors.mjs';
import { uuidFor } from '../seeded.mjs';
import { DATA, RESOURCE, SECOND_REGION, TRAIL_ARN, WORKLOADS } from '../world.mjs';

/** The last moment that the trail of the workloads account records. */
export const STOPPED_AT = '04:12:31';

export function loggingOff(timeline, { deploy, backupRestore }) {
  const call = (clock, action, options) => timeline.call({ ...deploy, agent: rentedCli(action) }, clock, action, options);
  const abroad = { region: SECOND_REGION };
  call('03:58:20', 'cloudtrail.DescribeTrails', { request: { trailNameList: [] } });
  call('03:58:51', 'cloudtrail.GetTrailStatus', { request: { name: TRAIL_ARN[WORKLOADS] } });
  call('03:59:30', 'cloudtrail.GetEventSelectors', { request: { trailName: TRAIL_ARN[WORKLOADS] } });
  call('04:01:12', 'guardduty.ListDetectors');
  call('04:01:33', 'guardduty.GetDetector', { request: { detectorId: RESOURCE.detector } });
  call('04:02:10', 'guardduty.UpdateDetector', {
    request: { detectorId: RESOURCE.detector, enable: false },
    touched: [['AWS::GuardDuty::Detector', RESOURCE.detector]],
  });
  call('04:03:02', 'guardduty.ListDetectors', abroad);
  call('04:03:25', 'guardduty.DeleteDetector', { ...abroad, request: { detectorId: RESOURCE.detectorEurope } });
  call('04:05:40', 'ec2.DescribeFlowLogs', { request: { DescribeFlowLogsRequest: '' } });
  call('04:06:05', 'ec2.DeleteFlowLogs', deleteFlowLogs(RESOURCE.flowLog));
  call('04:06:48', 'ec2.DescribeFlowLogs', { ...abroad, request: { DescribeFlowLogsRequest: '' } });
  call('04:07:09', 'ec2.DeleteFlowLogs', { ...abroad, ...deleteFlowLogs(RESOURCE.flowLogEurope) });
  call('04:09:15', 'config.DescribeConfigurationRecorders');
  call('04:09:40', 'config.StopConfigurationRecorder', { request: { configurationRecorderName: 'default' } });
  call(STOPPED_AT, 'cloudtrail.StopLogging', {
    request: { name: TRAIL_ARN[WORKLOADS] },
    touched: [['AWS::CloudTrail::Trail', TRAIL_ARN[WORKLOADS]]],
  });
  tryTheOtherTrail(timeline, backupRestore);
}

function tryTheOtherTrail(timeline, backupRestore) {
  const trail = TRAIL_ARN[DATA];
  const call = (clock, action, options) => timeline.call({ ...backupRestore, agent: rentedCli(action) }, clock, action, options);
  const refuse = (permission) => ({ error: denied(backupRestore, permission, { resource: trail, ...BY_CONTROL_POLICY }) });
  call('04:13:20', 'cloudtrail.DescribeTrails', { request: { trailNameList: [] } });
  call('04:13:42', 'cloudtrail.GetTrailStatus', { request: { name: trail } });
  call('04:14:03', 'cloudtrail.StopLogging', refuse('cloudtrail:StopLogging'));
  call('04:14:21', 'cloudtrail.DeleteTrail', refuse('cloudtrail:DeleteTrail'));
  call('04:15:08', 'guardduty.ListDetectors');
  call('04:15:26', 'guardduty.DeleteDetector', { request: { detectorId: RESOURCE.detectorData } });
}

/** EC2 writes this call as the XML it once was. */
function deleteFlowLogs(content) {
  return {
    request: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content } } },
    response: {
      DeleteFlowLogsResponse: { xmlns: 'http://ec2.amazonaws.com/doc/2016-11-15/', unsuccessful: '', requestId: uuidFor(`flow ${content}`) },
    },
    touched: [['AWS::EC2::FlowLog', content]],
  };
}
