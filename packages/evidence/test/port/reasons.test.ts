import { PORT_REASONS } from '../../src/index.ts';
import { describeReasons } from '../support/reasons.ts';

describeReasons('port', 'port', PORT_REASONS, []);
