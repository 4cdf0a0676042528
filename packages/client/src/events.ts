/** Something that operators or developers should hear of; nothing secret is in it. */
export interface ClientEvent {
  /**
   * `document`: a pin set or root document was not taken. `secret`: a box was not opened. `reply`: a reply was not believed.
   * `signals`: a source gave nothing, or what fits into no statement.
   */
  readonly about: 'document' | 'secret' | 'reply' | 'signals';
  readonly code: string;
  /** Name of the secret, or of the provider. */
  readonly name?: string;
}
