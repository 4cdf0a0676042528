/** What is wrong with octets that should begin a TLS connection. */
export const HELLO_FAULTS = {
  not_tls: 'the first record is no handshake record of TLS',
  record_version: 'the version of a record does not begin with 3',
  record_empty: 'a handshake record is empty (RFC 8446 5.1)',
  record_too_long: 'a record is longer than 16,384 octets (RFC 8446 5.1)',
  too_long: 'the ClientHello is longer than 65,536 octets',
  interrupted: 'another kind of record came within the ClientHello',
  not_hello: 'the first handshake message is no ClientHello',
  trailing: 'something follows the ClientHello in its record',
  truncated: 'a length points past the end of what holds it',
  empty_list: 'a list that must not be empty is',
  too_many: 'more records, or members of a list, than any client sends',
  repeated_extension: 'an extension comes twice (RFC 8446 4.2)',
  key_not_last: 'pre_shared_key is not the last extension (RFC 8446 4.2.11)',
  server_name: 'the server name is not one printable name',
} as const;
export type HelloFault = keyof typeof HELLO_FAULTS;

/** Within the parser alone: its edge makes a value of it. */
export class HelloError extends Error {
  readonly fault: HelloFault;

  constructor(fault: HelloFault) {
    super(HELLO_FAULTS[fault]);
    this.fault = fault;
  }
}
