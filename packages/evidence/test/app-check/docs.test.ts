import { APP_CHECK_CHECKS } from '../../src/index.ts';
import { describeRows, readPage } from '../support/documentation.ts';

describeRows(readPage('app-check.md'), APP_CHECK_CHECKS, 'app-check');
