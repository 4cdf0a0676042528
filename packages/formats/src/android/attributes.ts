/** Namespace of the attributes that Android itself defines. */
export const ANDROID_NAMESPACE = 'http://schemas.android.com/apk/res/android';

/** An attribute that decides over an app's security, or that a report names. */
interface KnownAttribute {
  readonly name: string;
  /** Android reads it as a boolean: any integer but 0 is true. */
  readonly isBoolean: boolean;
}

const named = (name: string): KnownAttribute => ({ name, isBoolean: false });
const flag = (name: string): KnownAttribute => ({ name, isBoolean: true });

/**
 * By resource id (AOSP `core/res/res/values/public.xml` and `public-final.xml`; they never change). Android reads a
 * manifest's attributes by these ids and never looks at their names, so a document that renames one hides nothing.
 */
const KNOWN: ReadonlyMap<number, KnownAttribute> = new Map([
  [0x01010001, named('label')],
  [0x01010003, named('name')],
  [0x01010005, flag('allowClearUserData')],
  [0x01010006, named('permission')],
  [0x01010007, named('readPermission')],
  [0x01010008, named('writePermission')],
  [0x01010009, named('protectionLevel')],
  [0x0101000b, named('sharedUserId')],
  [0x0101000c, flag('hasCode')],
  [0x0101000e, flag('enabled')],
  [0x0101000f, flag('debuggable')],
  [0x01010010, flag('exported')],
  [0x01010011, named('process')],
  [0x01010012, named('taskAffinity')],
  [0x01010018, named('authorities')],
  [0x0101001b, flag('grantUriPermissions')],
  [0x0101001d, named('launchMode')],
  [0x01010024, named('value')],
  [0x01010025, named('resource')],
  [0x01010027, named('scheme')],
  [0x01010028, named('host')],
  [0x0101002a, named('path')],
  [0x0101002b, named('pathPrefix')],
  [0x0101002c, named('pathPattern')],
  [0x01010202, named('targetActivity')],
  [0x0101020c, named('minSdkVersion')],
  [0x0101021b, named('versionCode')],
  [0x0101021c, named('versionName')],
  [0x01010270, named('targetSdkVersion')],
  [0x01010271, named('maxSdkVersion')],
  [0x01010272, flag('testOnly')],
  [0x0101027f, named('backupAgent')],
  [0x01010280, flag('allowBackup')],
  [0x0101028e, flag('required')],
  [0x010103a9, flag('isolatedProcess')],
  [0x01010473, flag('fullBackupOnly')],
  [0x010104ea, flag('extractNativeLibs')],
  [0x010104eb, named('fullBackupContent')],
  [0x010104ec, flag('usesCleartextTraffic')],
  [0x010104ee, flag('autoVerify')],
  [0x01010527, named('networkSecurityConfig')],
  [0x01010572, named('compileSdkVersion')],
  [0x0101057a, named('appComponentFactory')],
  [0x0101059e, flag('useEmbeddedDex')],
  [0x01010603, flag('requestLegacyExternalStorage')],
  [0x0101063e, named('dataExtractionRules')],
]);

/** The attribute of Android with this id, if it is one of those that matter here. */
export function knownAttribute(resourceId: number | undefined): KnownAttribute | undefined {
  return resourceId === undefined ? undefined : KNOWN.get(resourceId);
}

/** Name and namespace as Android understands them: by id where it is known, else as written. */
export function attributeName(
  resourceId: number | undefined,
  name: string,
  namespace: string | undefined,
): { readonly name: string; readonly namespace?: string; readonly resourceId?: number } {
  const known = knownAttribute(resourceId);
  const written = { name, ...(namespace ? { namespace } : {}) };
  const meant = known === undefined ? written : { name: known.name, namespace: ANDROID_NAMESPACE };
  return resourceId === undefined ? meant : { ...meant, resourceId };
}
