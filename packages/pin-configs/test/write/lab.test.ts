import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LAB_PIN } from '../../src/lab/mark.ts';
import { lint } from '../../src/lint/lint.ts';
import { rule as labBuild } from '../../src/lint/rules/x005-lab-build.ts';
import { isOfInterest, readDocuments } from '../../src/read/read-documents.ts';
import type { LabVariant } from '../../src/write/target.ts';
import { TARGETS } from '../../src/write/targets/index.ts';
import { TargetRefused, writeTarget } from '../../src/write/write.ts';
import { pinOf, policyHost, policyOf, policyPin } from '../support/policies.ts';

const LAB: LabVariant = {
  authority: '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n',
  pins: [pinOf('lab leaf'), pinOf('lab backup')],
};
const POLICY = policyOf(
  policyHost('api.example.com', {
    reportTo: ['https://reports.example.com/pins'],
    certificateTransparency: 'required',
    expires: '2027-06-01',
  }),
);
const KEYED = TARGETS.filter(({ can }) => can.pins === 'spki');

const filesOf = (target: (typeof TARGETS)[number], policy = POLICY) => writeTarget(target, policy, { lab: LAB }).files;
const documentsOf = (files: readonly { path: string; text: string }[], folder = '') =>
  files.flatMap(({ path, text }) => readDocuments(`${folder}${path}`, Buffer.from(text)));
const findingsOf = (documents: ReturnType<typeof documentsOf>) =>
  lint({ documents, now: Date.UTC(2026, 10, 21), expiryLeadDays: 90 }, { rules: [labBuild] }).findings;

/** The files where a careless copy would put them: into the sets and folders of the release. */
const copied = (files: readonly { path: string; text: string }[]) =>
  files.map(({ path, text }) => ({ path: path.replace('/assayLab/', '/main/'), text }));

describe('the mark of a lab variant', () => {
  it('is a pin of 32 octets that says what it is', () => {
    const bytes = Buffer.from(LAB_PIN, 'base64');
    assert.equal(bytes.length, 32);
    assert.equal(bytes.toString('base64'), LAB_PIN);
    assert.equal(bytes.toString('ascii'), 'assay-lab-pins/not-for-a-release');
  });
});

describe('a lab variant', () => {
  for (const target of KEYED) {
    it(`of ${target.id} pins the lab's keys and the mark alone, and carries the authority`, () => {
      const files = filesOf(target);
      const text = files.map((file) => file.text).join('\n');
      for (const pin of [...LAB.pins, LAB_PIN]) assert.ok(text.includes(pin), pin);
      for (const { spki } of POLICY.hosts.flatMap(({ pins }) => pins)) assert.ok(!text.includes(spki));
      assert.ok(!text.includes('reports.example.com'));
      assert.equal(files.filter((file) => file.text === LAB.authority && /assay_lab\.pem$/.test(file.path)).length, 1);
    });

    it(`of ${target.id} is refused in a release, and left alone where labs are kept`, () => {
      const files = filesOf(target);
      const isRead = files.some(({ path }) => isOfInterest(path));
      assert.equal(findingsOf(documentsOf(copied(files))).length > 0, isRead);
      assert.equal(isRead, target.id !== 'curl', 'files of curl are no part of an app');
      assert.deepEqual(findingsOf(documentsOf(files, 'pins/assay-lab/')), []);
    });

    it(`of ${target.id} is told from the release by nothing but trust and pins`, () => {
      const { files } = writeTarget(target, POLICY, {});
      assert.deepEqual(findingsOf(documentsOf(files)), []);
      const [lab, release] = [filesOf(target), files].map((all) =>
        all.map(({ path }) => path.replace('/assayLab/', '/main/')).filter((path) => !path.endsWith('assay_lab.pem')),
      );
      assert.deepEqual(lab, release);
    });
  }

  for (const target of TARGETS.filter(({ can }) => can.pins === 'certificate')) {
    it(`of ${target.id} is refused: whole certificates cannot be known ahead`, () => {
      assert.throws(
        () => writeTarget(target, POLICY, { lab: LAB, acceptCertificatePins: true }),
        (error) => error instanceof TargetRefused && /no lab variant/.test(error.message),
      );
    });
  }

  it('for Android lies in a source set of its own, and keeps its pins for the authority that it trusts', () => {
    for (const id of ['android-nsc', 'trustkit-android', 'cordova-capacitor', 'nativescript']) {
      const target = TARGETS.find((each) => each.id === id);
      assert.ok(target !== undefined);
      const config = filesOf(target).find(({ path }) => path.endsWith('assayLab/res/xml/network_security_config.xml'));
      assert.match(config?.text ?? '', /<trust-anchors>\s*<certificates src="@raw\/assay_lab" \/>\s*<\/trust-anchors>/);
      assert.doesNotMatch(config?.text ?? '', /debug-overrides|overridePins|certificateTransparency/);
      assert.match(config?.text ?? '', /^<!-- assay-lab: /m);
    }
  });

  it('says what else a build needs where the files cannot bring it about', () => {
    const told = (id: string) =>
      TARGETS.filter((each) => each.id === id).flatMap((each) => writeTarget(each, POLICY, { lab: LAB }).warnings);
    assert.match(told('okhttp-kotlin')[0]?.message ?? '', /android-nsc --lab|certificate transparency/);
    assert.ok(told('ats').some(({ message }) => /install assay_lab\.pem/.test(message)));
    assert.deepEqual(told('android-nsc'), []);
  });

  it('refuses as the release does', () => {
    const two = [policyPin('a', 'root'), policyPin('b', 'backup')];
    const target = TARGETS.find(({ id }) => id === 'ats');
    assert.ok(target !== undefined);
    assert.throws(() => filesOf(target, policyOf(policyHost('example.com', { subdomains: 'all', pins: two }))), {
      code: 'pin_configs.target_cannot',
    });
  });
});
