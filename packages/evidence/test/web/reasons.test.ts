import { WEB_CHECKS, WEB_REASONS } from '../../src/index.ts';
import { describeReasons } from '../support/reasons.ts';

describeReasons('web', 'web', WEB_REASONS, WEB_CHECKS);
