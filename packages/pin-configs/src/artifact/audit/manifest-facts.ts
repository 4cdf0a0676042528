import type { AndroidManifest } from '../../android/manifest.ts';
import { readBoolean } from '../../android/values.ts';
import type { Spelled } from '../../pinned-host.ts';
import type { Place } from '../../place.ts';
import type { ManifestDocument } from '../../project.ts';
import type { AuditFact } from './fact.ts';

interface FlagRow {
  readonly id: 'debuggable' | 'testOnly' | 'allowBackup';
  /** What holds where the manifest is silent. */
  readonly byDefault: boolean;
  readonly level: AuditFact['level'];
  readonly on: string;
  readonly off: string;
}

/** Flags of `<application>` (developer.android.com/guide/topics/manifest/application-element). */
const FLAGS: readonly FlagRow[] = [
  {
    id: 'debuggable',
    byDefault: false,
    level: 'error',
    on: 'debuggable: whoever holds the device can attach to the app and read what it holds',
    off: 'not debuggable',
  },
  {
    id: 'testOnly',
    byDefault: false,
    level: 'error',
    on: 'testOnly: a build for tests, which stores refuse',
    off: 'not a test-only build',
  },
  {
    id: 'allowBackup',
    byDefault: true,
    level: 'warning',
    on: 'allowBackup is on: the data of the app leave the device in backups',
    off: 'no backups of the data of the app',
  },
];

/** Apps for older platforms trust the certificates that users install (AOSP `NetworkSecurityConfig`). */
const OLD_TARGET = 24;

export function manifestFacts({ manifest, file }: ManifestDocument): readonly AuditFact[] {
  const place = { file, line: manifest.root.at.line, column: 0 };
  return [
    ...identityFacts(manifest, place),
    ...sdkFacts(manifest, place),
    ...FLAGS.map((row) => flagFact(manifest, row, place)),
  ];
}

function identityFacts({ package: name, root }: AndroidManifest, place: Place): readonly AuditFact[] {
  const version = root.attributes.find((each) => each.name === 'versionName')?.value;
  const code = root.attributes.find((each) => each.name === 'versionCode')?.value;
  const says = `${name?.text ?? 'a package without a name'}, version ${version ?? 'unknown'} (${code ?? 'no code'})`;
  return [{ topic: 'build', id: 'identity', level: 'info', says, place }];
}

function sdkFacts({ minSdk, targetSdk }: AndroidManifest, place: Place): readonly AuditFact[] {
  const isOld = (targetSdk ?? minSdk ?? 1) < OLD_TARGET;
  const says = `minSdkVersion ${minSdk ?? '1 (not written)'}, targetSdkVersion ${targetSdk ?? 'not written'}`;
  const why = isOld ? ': certificates that users install are trusted by default' : '';
  return [{ topic: 'build', id: 'sdk', level: isOld ? 'warning' : 'info', says: `${says}${why}`, place }];
}

function flagFact(manifest: AndroidManifest, row: FlagRow, place: Place): AuditFact {
  const written: Spelled | undefined = manifest[row.id];
  const isOn = (written === undefined ? undefined : readBoolean(written.text)) ?? row.byDefault;
  const source = written === undefined ? ' (not written: the default)' : '';
  const says = `${isOn ? row.on : row.off}${source}`;
  return { topic: 'build', id: row.id, level: isOn ? row.level : 'info', says, place: written?.place ?? place };
}
