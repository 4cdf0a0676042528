import { APP_CHECK_CHECKS, APP_CHECK_REASONS } from '../../src/index.ts';
import { describeReasons } from '../support/reasons.ts';

describeReasons('app-check', 'app_check', APP_CHECK_REASONS, APP_CHECK_CHECKS);
