import { describe } from 'node:test';
import { requestPackage } from '../../../src/play-integrity/checks/request-package.ts';
import { testFaults } from '../../support/check-faults.ts';
import { PACKAGE, VERDICT } from '../../support/mint-play.ts';
import { saying, verifying } from '../../support/run-play.ts';

const code = 'play.request_package_mismatch';
const { requestDetails: _, ...withoutDetails } = VERDICT;

describe('request package', () => {
  testFaults(requestPackage, [
    { name: 'another package', code, run: saying('requestDetails', { requestPackageName: 'com.example.fake' }) },
    { name: 'a longer name', code, run: saying('requestDetails', { requestPackageName: `${PACKAGE}.fake` }) },
    { name: 'another case', code, run: saying('requestDetails', { requestPackageName: 'com.example.Bank' }) },
    { name: 'no package', code, run: saying('requestDetails', { requestPackageName: undefined }) },
    { name: 'no request details', code, run: verifying({ verdict: withoutDetails }) },
  ]);
});
