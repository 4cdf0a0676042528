import { DEV_CHECKS, DEV_REASONS } from '../../src/index.ts';
import { describeReasons } from '../support/reasons.ts';

describeReasons('dev', 'dev', DEV_REASONS, DEV_CHECKS);
