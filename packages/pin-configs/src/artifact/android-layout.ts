import type { XmlElement } from '@assay/formats';
import {
  parseBinaryXml,
  parseProtoResourceTable,
  parseProtoXml,
  parseResourceTable,
  type ResourceTable,
} from '@assay/formats/artifacts';

/** Where an Android app keeps its parts, and in which form: compiled in an APK, protobuf in a bundle. */
export interface AndroidLayout {
  readonly manifest: string;
  readonly table: string;
  /** What stands before the paths that the resource table names. */
  readonly root: '' | 'base/';
  readonly xmlFiles: RegExp;
  readonly dexFiles: RegExp;
  readonly libraries: RegExp;
  /** The folder of assets. */
  readonly assets: RegExp;
  parseXml(bytes: Uint8Array): XmlElement;
  parseTable(bytes: Uint8Array): ResourceTable;
}

export const ANDROID_LAYOUTS: Readonly<Record<'apk' | 'aab', AndroidLayout>> = {
  apk: {
    manifest: 'AndroidManifest.xml',
    table: 'resources.arsc',
    root: '',
    xmlFiles: /^res\/xml(?:-[^/]+)?\/[^/]+\.xml$/,
    dexFiles: /^classes\d*\.dex$/,
    libraries: /^lib\/[^/]+\/[^/]+\.so$/,
    assets: /^assets\//,
    parseXml: (bytes) => parseBinaryXml(bytes),
    parseTable: (bytes) => parseResourceTable(bytes),
  },
  aab: {
    manifest: 'base/manifest/AndroidManifest.xml',
    table: 'base/resources.pb',
    root: 'base/',
    xmlFiles: /^base\/res\/xml(?:-[^/]+)?\/[^/]+\.xml$/,
    dexFiles: /^[^/]+\/dex\/classes\d*\.dex$/,
    libraries: /^[^/]+\/lib\/[^/]+\/[^/]+\.so$/,
    assets: /^[^/]+\/assets\//,
    parseXml: (bytes) => parseProtoXml(bytes),
    parseTable: (bytes) => parseProtoResourceTable(bytes),
  },
};
