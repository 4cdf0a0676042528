import type { XmlElement } from '@assay/formats';
import type { Spelled } from '../pinned-host.ts';
import type { Placer } from '../place.ts';
import { UnreadableFile } from '../unreadable.ts';
import { type PlaceOf, placesIn, spelledAttribute } from '../xml/place.ts';
import type { AndroidManifest } from './manifest.ts';
import { present } from './nsc-reader.ts';

const ANDROID = 'http://schemas.android.com/apk/res/android';

/**
 * Reads an AndroidManifest.xml from text, binary or proto XML. Values that a build fills in later (`${…}`) stay as they are
 * written, and are no numbers.
 *
 * @throws UnreadableFile `pin_configs.unreadable` when the root is no manifest
 */
export function readManifest(file: string, root: XmlElement, placer?: Placer): AndroidManifest {
  const placeOf = placesIn(file, placer);
  if (root.name !== 'manifest') throw new UnreadableFile('the root is no manifest', placeOf(root.at));
  const sdk = root.children.find(({ name }) => name === 'uses-sdk');
  const application = root.children.find(({ name }) => name === 'application');
  const ofApplication = (name: string): Spelled | undefined => androidAttribute(application, name, placeOf);
  return present<AndroidManifest>({
    package: spelledAttribute(root, 'package', placeOf),
    minSdk: sdkLevel(sdk, 'minSdkVersion', placeOf),
    targetSdk: sdkLevel(sdk, 'targetSdkVersion', placeOf),
    debuggable: ofApplication('debuggable'),
    usesCleartextTraffic: ofApplication('usesCleartextTraffic'),
    testOnly: ofApplication('testOnly'),
    allowBackup: ofApplication('allowBackup'),
    networkSecurityConfig: ofApplication('networkSecurityConfig'),
    root,
  });
}

/** The platform goes by the resource id alone where there is one, whatever namespace the document claims. */
function androidAttribute(element: XmlElement | undefined, name: string, placeOf: PlaceOf): Spelled | undefined {
  const found = element?.attributes.find(
    (attribute) => attribute.name === name && (attribute.namespace === ANDROID || attribute.resourceId !== undefined),
  );
  return found && { text: found.value, place: placeOf(found.at) };
}

function sdkLevel(element: XmlElement | undefined, name: string, placeOf: PlaceOf): number | undefined {
  const text = androidAttribute(element, name, placeOf)?.text;
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}
