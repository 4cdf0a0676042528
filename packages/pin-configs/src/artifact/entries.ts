/** The members of a built app. Whoever implements it bounds what hostile archives can cost; this package opens no files. */
export interface ArtifactEntries {
  names(): readonly string[];
  /** Members that are not offered, with the reason: what they hold was not looked at. */
  readonly refused: readonly { readonly name: string; readonly why: string }[];
  /** Bytes of a member once unpacked, as the archive says; 0 for a name that is not there. */
  size(name: string): number;
  /** @throws RequestError for a member that is not there, is larger than `maxBytes`, or cannot be unpacked */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
  /** The last `length` bytes in front of the archive's directory, where an APK keeps its signatures; fewer where there are fewer. */
  readBeforeDirectory(length: number): Promise<Uint8Array>;
}
