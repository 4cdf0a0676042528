import { type Policy, parsePolicy } from '@assay/policy';

/**
 * Policies for a token by itself. The strict preset asks where the key lives, which no integrity service knows, so it refuses
 * every token that comes without an attested key.
 */
const PLAY_STRICT_SOURCE = `assay: policy/1
name: play-strict
description: The app as Google Play knows it, on a device that Google certified.
rules:
  - id: recognised
    require: app.recognition == "recognized"
    otherwise: { tier: contraindicated, code: policy.app_unrecognized }
    why: A build that Play does not know may be anybody's.
  - id: certified
    require: '"device" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Without this label the device is not certified, or not sound.
assurance:
  - { level: low, when: '"device" in device.labels' }
`;

const HUAWEI_STRICT_SOURCE = `assay: policy/1
name: huawei-strict
description: The app on a device that Huawei's service found sound.
rules:
  - id: sound
    require: '"basic" in device.labels'
    otherwise: { tier: contraindicated, code: policy.integrity_insufficient }
    why: Huawei's service found the device broken, or said nothing of it.
assurance:
  - { level: low, when: '"basic" in device.labels' }
`;

export const PLAY_STRICT: Policy = parsePolicy(PLAY_STRICT_SOURCE, { version: 1 });
export const HUAWEI_STRICT: Policy = parsePolicy(HUAWEI_STRICT_SOURCE, { version: 1 });
