import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { der } from '@assay/formats';
import { host } from '../../../src/huawei/checks/host.ts';
import { testFaults } from '../../support/check-faults.ts';
import { commonName } from '../../support/mint-certificate.ts';
import { HOST, mintLeaf, SERVICES } from '../../support/mint-huawei.ts';
import { harmony } from '../../support/run-huawei.ts';

const code = 'huawei.host_mismatch';
const { authority, leaf } = SERVICES.harmony;

function named(names: readonly string[], subject = HOST) {
  return harmony({ leaf: mintLeaf(authority, leaf.keys, { names, subject: commonName(subject) }) });
}

/** Without alternative names. */
function withCommonNames(...names: readonly string[]) {
  const subject = der.sequence(...names.map((name) => der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(name)))));
  return harmony({ leaf: mintLeaf(authority, leaf.keys, { names: [], subject }) });
}

describe('host', () => {
  testFaults(host, [
    { name: 'another name', code, run: named(['other.platform.hicloud.com']) },
    { name: 'a name that contains it', code, run: named([`x${HOST}.evil.example`]) },
    { name: 'a name that ends with it', code, run: named([`x.${HOST}`]) },
    { name: 'a wildcard over it', code, run: named(['*.platform.hicloud.com']) },
    { name: 'the common name beside other names', code, run: named(['evil.example'], HOST) },
    { name: 'the name among several common names', code, run: withCommonNames(HOST, 'evil.example') },
    { name: 'another common name alone', code, run: named([], 'evil.example') },
  ]);

  it('takes the name in any case, among others, or as common name where there are no others', () => {
    for (const names of [[HOST.toUpperCase()], ['other.example', HOST], []]) {
      assert.equal(named(names)().outcome, 'verified', names.join());
    }
  });
});
