import { DEV_CHECKS } from '../../src/index.ts';
import { describeRows, readPage } from '../support/documentation.ts';

describeRows(readPage('dev.md'), DEV_CHECKS, 'dev');
