import type { AttestationAdapter, Companion } from '@assay/client';
import type { VirtualApp } from '../app.ts';
import { changed, type Difference } from '../difference.ts';
import type { FaultKind } from '../faults.ts';
import { createHuaweiService } from '../huawei/service.ts';
import { ANDROID_MODELS, type AndroidModelId } from '../models.ts';
import type { AndroidEvidence } from '../options.ts';
import { createPlayService } from '../play/service.ts';
import type { PlayRequest } from '../play/verdict.ts';
import type { TestRoots } from '../roots.ts';
import { createSoftwarePhone, type SoftwareSpec } from '../software/phone.ts';
import { androidSpec, huaweiSpec, playSpec } from '../specs.ts';
import { createAndroidPhone, type PhoneContext } from './phone.ts';

interface AndroidParts {
  readonly roots: TestRoots;
  readonly app: VirtualApp;
  readonly model: AndroidModelId;
  readonly brings: AndroidEvidence;
  readonly context: PhoneContext;
}

interface EvidenceRow {
  readonly kinds: readonly FaultKind[];
  readonly build: (parts: AndroidParts, differences: readonly Difference[]) => AttestationAdapter;
}

const PLAY_ROLES = { standard: 'play-standard', classic: 'play-classic' } as const;

const ROWS: Readonly<Record<AndroidEvidence, EvidenceRow>> = {
  key: { kinds: ['android'], build: (parts, differences) => attesting(parts, differences, []) },
  'key+play': beside('standard'),
  'key+play-classic': beside('classic'),
  play: alone('standard'),
  'play-classic': alone('classic'),
  hms: { kinds: ['hms'], build: withHms },
};

export function androidKinds(brings: AndroidEvidence): readonly FaultKind[] {
  return ROWS[brings].kinds;
}

/** The phone with all that is wrong with it. */
export function buildAndroid(parts: AndroidParts, differences: readonly Difference[]): AttestationAdapter {
  return ROWS[parts.brings].build(parts, differences);
}

function attesting(
  { roots, app, model, context }: AndroidParts,
  differences: readonly Difference[],
  companions: readonly Companion[],
): AttestationAdapter {
  return createAndroidPhone(changed(androidSpec(app, model), 'android', differences), roots, context, companions);
}

function beside(request: PlayRequest): EvidenceRow {
  const role = PLAY_ROLES[request];
  return {
    kinds: ['android', 'beside'],
    build: (parts, differences) => {
      const token = playTokens(parts, 'beside', request, differences);
      const play: Companion = {
        ...{ role, comes: 'always' },
        collect: async (binding) => ({ role, data: token(binding) }),
      };
      return attesting(parts, differences, [play]);
    },
  };
}

function alone(request: PlayRequest): EvidenceRow {
  return {
    kinds: ['play'],
    build: (parts, differences) => holding(parts, PLAY_ROLES[request], playTokens(parts, 'play', request, differences)),
  };
}

function playTokens(
  { roots, app, model, context }: AndroidParts,
  kind: 'play' | 'beside',
  request: PlayRequest,
  differences: readonly Difference[],
): (binding: string) => string {
  const play = createPlayService(changed(playSpec(app, model), kind, differences), roots, context);
  return (binding) => play(request, binding);
}

function withHms(parts: AndroidParts, differences: readonly Difference[]): AttestationAdapter {
  const { roots, app, context } = parts;
  const spec = changed(huaweiSpec(app, 'hms'), 'hms', differences);
  return holding(parts, 'hms', createHuaweiService(spec, roots, context));
}

function holding({ model, context }: AndroidParts, role: SoftwareSpec['role'], token: SoftwareSpec['token']) {
  const { os } = ANDROID_MODELS[model].traits;
  return createSoftwarePhone({ platform: 'android', os, role, token }, context);
}
