import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TARGETS } from '../../src/write/targets/index.ts';
import { TargetRefused, writeTarget } from '../../src/write/write.ts';
import { pinOf, policyHost, policyOf, policyPin } from '../support/policies.ts';

function filesOf(
  id: string,
  ...[policy, options]: [Parameters<typeof writeTarget>[1], Parameters<typeof writeTarget>[2]?]
) {
  const target = TARGETS.find((each) => each.id === id);
  assert.ok(target !== undefined, id);
  return new Map(writeTarget(target, policy, options).files.map(({ path, text }) => [path, text]));
}

const NSC = 'app/src/main/res/xml/network_security_config.xml';
const NSC_DEBUG = 'app/src/debug/res/xml/network_security_config.xml';

describe('writeTarget', () => {
  it('refuses with every reason and the host of each', () => {
    const policy = policyOf(
      policyHost('example.com', { subdomains: 'all' }),
      policyHost('co.example', { subdomains: 'all' }),
    );
    assert.throws(
      () => filesOf('ats', policy),
      (error) =>
        error instanceof TargetRefused &&
        error.code === 'pin_configs.target_cannot' &&
        error.refusals.map(({ host }) => host).join() === 'example.com,co.example',
    );
  });

  it('has ids that are names of folders, once each', () => {
    const ids = TARGETS.map(({ id }) => id);
    assert.deepEqual([...new Set(ids)], ids);
    assert.ok(ids.every((id) => /^[a-z][a-z0-9-]+$/.test(id)));
  });
});

describe('android-nsc', () => {
  it('keeps private authorities to their host, and asks for transparency where the policy does', () => {
    const text = filesOf(
      'android-nsc',
      policyOf(
        policyHost('a.example', { trust: { store: 'private', certificates: ['company_root'] } }),
        policyHost('b.example', { certificateTransparency: 'required' }),
      ),
    ).get(NSC);
    const [first = '', second = ''] = text?.split('</domain-config>') ?? [];
    assert.match(first, /<certificates src="@raw\/company_root" \/>/);
    assert.doesNotMatch(first, /system|certificateTransparency/);
    assert.match(second, /<certificates src="system" \/>[\s\S]*<certificateTransparency enabled="true" \/>/);
  });

  it('puts debug authorities into the file of debug builds alone', () => {
    const policy = { ...policyOf(policyHost('a.example')), debugAuthorities: ['proxy'] };
    const files = filesOf('android-nsc', policy, { debug: true });
    assert.doesNotMatch(files.get(NSC) ?? '', /proxy|debug-overrides/);
    assert.match(
      files.get(NSC_DEBUG) ?? '',
      /<debug-overrides>\s*<trust-anchors>\s*<certificates src="@raw\/proxy" \/>/,
    );
    assert.deepEqual([...filesOf('android-nsc', policy).keys()], [NSC]);
  });

  it('un-pins beneath a rule what is only reported', () => {
    const policy = policyOf(
      policyHost('example.com', { subdomains: 'all' }),
      policyHost('a.example.com', { mode: 'report' }),
    );
    const [, second = ''] = filesOf('android-nsc', policy).get(NSC)?.split('</domain-config>') ?? [];
    assert.match(second, />a\.example\.com</);
    assert.doesNotMatch(second, /pin-set/);
  });
});

describe('ats', () => {
  it('puts CA keys and leaf keys into the list of their kind', () => {
    const ca = [policyPin('a', 'root'), policyPin('b', 'backup', { position: 'ca' })];
    const policy = policyOf(policyHost('ca.example', { subdomains: 'one', pins: ca }), policyHost('leaf.example'));
    const [, caPart = '', leafPart = ''] =
      filesOf('ats', policy)
        .get('Info.pins.plist')
        ?.split(/<key>\w+\.example<\/key>/) ?? [];
    assert.match(caPart, /<key>NSIncludesSubdomains<\/key>\s*<true\/>\s*<key>NSPinnedCAIdentities<\/key>/);
    assert.match(leafPart, /<key>NSIncludesSubdomains<\/key>\s*<false\/>\s*<key>NSPinnedLeafIdentities<\/key>/);
  });

  it('has a recipe for debug builds', () => {
    const recipe = filesOf('ats', policyOf(policyHost('a.example')), { debug: true }).get('debug-builds.md') ?? '';
    assert.match(recipe, /\[ "\$CONFIGURATION" = Debug \] && exit 0/);
  });
});

describe('TrustKit', () => {
  const policy = policyOf(policyHost('a.example', { reportTo: ['https://r.example/pins'] }));
  it('sends no report to the vendor of the library', () => {
    assert.match(
      filesOf('trustkit-android', policy).get(NSC) ?? '',
      /enforcePinning="true" disableDefaultReportUri="true"/,
    );
    const plist = filesOf('trustkit-ios-plist', policy).get('Info.trustkit.plist') ?? '';
    assert.match(plist, /<key>TSKDisableDefaultReportUri<\/key>\s*<true\/>/);
    assert.match(plist, /<string>https:\/\/r\.example\/pins<\/string>/);
    const swift = filesOf('trustkit-ios-swift', policy).get('AssayTrustKit.swift') ?? '';
    assert.match(swift, /kTSKDisableDefaultReportUri: true/);
  });
});

describe('targets of whole certificates', () => {
  const pins = [policyPin('a', 'leaf', { certificates: [pinOf('certificate')] }), policyPin('b', 'backup')];
  const policy = policyOf(policyHost('a.example', { pins }));
  for (const { id, can } of TARGETS.filter((target) => target.can.pins === 'certificate')) {
    it(`say on top that a renewal ends the app: ${id}`, () => {
      assert.equal(can.pins, 'certificate');
      assert.throws(() => filesOf(id, policy), { code: 'pin_configs.target_cannot' });
      for (const text of filesOf(id, policy, { acceptCertificatePins: true }).values()) {
        assert.match(text.split('\n')[1] ?? '', /RENEWAL = APP BREAK/);
      }
    });
  }
});
