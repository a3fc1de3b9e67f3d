import type { SavedPattern } from '../../src/protocol/huntProtocol';
import { t } from '../common/text';

/** Questions to begin with; the patterns are those that AWS's own guides give for CloudTrail. */
export function examplePatterns(): SavedPattern[] {
  return [
    {
      name: t('Denied calls'),
      pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    },
    {
      name: t('Use of the root account'),
      pattern:
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    },
    {
      name: t('Console sign-in without MFA'),
      pattern: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
    },
    {
      name: t('Failed console sign-ins'),
      pattern: '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
    },
    {
      name: t('Changes to CloudTrail itself'),
      pattern:
        '{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }',
    },
    { name: t('Everything that was changed'), pattern: '{ $.readOnly IS FALSE }' },
  ];
}
