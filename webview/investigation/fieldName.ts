import type { CellField } from '../../src/core/table/pages';
import { t } from '../common/text';

/** What a field is called; the names of CloudTrail's own fields are the same in every language. */
export function fieldName(field: CellField): string {
  switch (field) {
    case 'eventTime':
      return t('time');
    case 'severity':
      return t('severity');
    case 'eventName':
      return t('event');
    case 'eventSource':
      return t('service');
    case 'identityType':
      return t('identity type');
    case 'principal':
      return t('principal');
    case 'sourceIPAddress':
      return t('source IP');
    case 'awsRegion':
      return t('region');
    case 'accountId':
      return t('account');
    case 'errorCode':
      return t('error');
    case 'userAgent':
      return t('user agent');
    case 'readOnly':
      return t('read only');
    case 'tactic':
      return t('tactic');
    case 'rule':
      return t('rule');
    default:
      return field;
  }
}
