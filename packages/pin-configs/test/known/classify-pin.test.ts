import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyPin } from '../../src/known/classify-pin.ts';

const PIN = 'IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0F3/JP54PLwMA=';
const SLASHED = '/YBRWDYa6WJ1xzniATBnyWdOT+/UdRBUUazdXW24Ids=';

const ROWS: readonly (readonly [text: string, kind: string])[] = [
  [PIN, 'pin'],
  [PIN.replace('=', ''), 'pin'],
  [`  ${PIN}\n`, 'pin'],
  [SLASHED, 'pin'],
  ['47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'empty_input'],
  ['AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', 'placeholder'],
  ['1111111111111111111111111111111111111111111=', 'placeholder'],
  ['aaaaaaaaIAq2Y49orFOOQKurWxmmSFZhBCoQYcRhJ3Y=', 'placeholder'],
  ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopq=', 'placeholder'],
  ['YOUR_PIN_HERE', 'placeholder'],
  ['<pin>', 'placeholder'],
  ['backup-pin-base64', 'placeholder'],
  ['MIIGNjCCBR6gAwIBAgIJAMMPdHTC7eM5MA0GCSqGSIb3DQEBCwUAMGYxCzAJBgNV', 'certificate'],
  ['-----BEGIN CERTIFICATE-----', 'certificate'],
  ['207d28c47238e89eee33d9249bdbebeb80dd9b6aab9aed05dff24fe783cbc0c0', 'hex'],
  ['20:7D:28:C4:72:38:E8:9E:EE:33:D9:24:9B:DB:EB:EB:80:DD:9B:6A:AB:9A:ED:05:DF:F2:4F:E7:83:CB:C0:C0', 'hex'],
  ['IH0oxHI46J7uM9kkm9vr64Ddm2qrmu0=', 'wrong_length'],
  ['IH0oxHI46J7u!', 'not_base64'],
  ['', 'not_base64'],
  ['sha1/MGmZ2TKsxPWOO5YDS7qlnhDCmM8=', 'sha1'],
];

describe('classifyPin', () => {
  for (const [text, kind] of ROWS) {
    it(`calls ${JSON.stringify(text)} ${kind}, with a prefix and without`, () => {
      assert.equal(classifyPin(text, '').kind, kind);
      if (kind !== 'sha1') assert.equal(classifyPin(`sha256/${text.trim()}`, 'sha256/').kind, kind);
    });
  }

  it('tells the prefix of the format from those of others', () => {
    assert.equal(classifyPin(PIN, '').isPrefixRight, true);
    assert.equal(classifyPin(`sha256/${PIN}`, '').isPrefixRight, false);
    assert.equal(classifyPin(PIN, 'sha256/').isPrefixRight, false);
    assert.equal(classifyPin(`sha256//${PIN}`, 'sha256//').isPrefixRight, true);
    assert.equal(classifyPin(`sha256//${PIN}`, 'sha256/').isPrefixRight, false);
    assert.equal(classifyPin('sha1/MGmZ2TKsxPWOO5YDS7qlnhDCmM8=', 'sha256/').isPrefixRight, true);
    assert.equal(classifyPin('sha1/MGmZ2TKsxPWOO5YDS7qlnhDCmM8=', '').isPrefixRight, false);
  });

  it('does not take the slash that a pin begins with for one of its prefix', () => {
    assert.deepEqual(classifyPin(`sha256/${SLASHED}`, 'sha256/'), {
      prefix: 'sha256/',
      isPrefixRight: true,
      value: SLASHED,
      kind: 'pin',
    });
    assert.equal(classifyPin(`sha256//${SLASHED}`, 'sha256//').value, SLASHED);
  });
});
