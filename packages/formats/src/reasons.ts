import { defineReasons, type Reason } from '@assay/core';

/** What was not so, per code. A published code never changes its meaning. */
const SUMMARIES = {
  'base64.length_invalid': 'the number of base64 characters cannot come from whole bytes, or padding is missing',
  'base64.character_invalid': 'the text holds a character outside the base64 alphabet',
  'base64.not_canonical': 'the last base64 character carries bits that belong to no byte',
  'ber.end_of_contents_missing': 'an element of indefinite length is never closed',
  'ber.length_indefinite_primitive': 'a primitive element has an indefinite length',
  'ber.segment_invalid': 'a segmented OCTET STRING holds something else than OCTET STRINGs',
  'bytes.too_short': 'fewer bytes are left than the fixed-size field needs',
  'bytes.uint32_out_of_range': 'the number does not fit into 32 unsigned bits',
  'cbor.additional_information_reserved': 'the initial byte uses a reserved value',
  'cbor.argument_not_minimal': 'an integer or a length is not in its shortest form',
  'cbor.float_refused': 'the item is a floating-point number',
  'cbor.input_too_large': 'the CBOR input is larger than the limit',
  'cbor.key_duplicate': 'a map holds the same key twice',
  'cbor.key_type_refused': 'a map key is neither text nor a safe integer',
  'cbor.length_indefinite': 'an item has an indefinite length',
  'cbor.simple_refused': 'the simple value is none of false, true and null',
  'cbor.tag_refused': 'the item is tagged',
  'cbor.text_not_utf8': 'a text string is not UTF-8',
  'cbor.too_deep': 'the items are nested deeper than the limit',
  'cbor.too_many_items': 'there are more items than the limit',
  'cbor.trailing_bytes': 'bytes follow the item',
  'cbor.truncated': 'the input ends inside an item',
  'cbor.value_unencodable': 'the value has no encoding here: a fraction, an unsafe number or an integer over 64 bits',
  'der.bit_string_invalid': 'a BIT STRING is empty, or its unused bits are more than seven or not zero',
  'der.boolean_invalid': 'a BOOLEAN is not one byte of 0x00 or 0xff',
  'der.element_missing': 'an element was expected and the input ends',
  'der.form_invalid': 'a universal type is constructed where it must be primitive, or the reverse',
  'der.input_too_large': 'the input is larger than the limit',
  'der.integer_empty': 'an INTEGER or ENUMERATED has no content',
  'der.integer_not_minimal': 'an INTEGER or ENUMERATED has superfluous leading bits',
  'der.integer_out_of_range': 'an INTEGER or ENUMERATED is negative or larger than its field admits',
  'der.length_indefinite': 'an element has an indefinite length',
  'der.length_not_minimal': 'a length is not in its shortest form',
  'der.length_too_large': 'a length takes more than four octets',
  'der.null_invalid': 'a NULL has content',
  'der.oid_invalid': 'an OBJECT IDENTIFIER is empty, cut off, not minimal or has an arc over 128 bits',
  'der.tag_not_minimal': 'a tag number is not in its shortest form',
  'der.tag_reserved': 'the end-of-contents tag stands where an element must be',
  'der.tag_too_large': 'a tag number takes more than 28 bits',
  'der.text_invalid': 'a character string holds characters that its type does not admit',
  'der.time_invalid': 'a time is not a valid date in the one form that RFC 5280 admits',
  'der.too_deep': 'the elements are nested deeper than the limit',
  'der.too_many_elements': 'there are more elements than the limit',
  'der.trailing_bytes': 'bytes follow where the value must end',
  'der.truncated': 'the input ends inside an element',
  'der.unexpected_tag': 'the element has another type than its place demands',
  'der.value_unencodable': 'the value has no DER encoding',
  'hex.character_invalid': 'the text holds a character that is not a lower-case hexadecimal digit',
  'hex.length_invalid': 'the number of hexadecimal digits is odd',
  'json.byte_order_mark': 'the text begins with a byte order mark',
  'json.input_too_large': 'the JSON text is larger than the limit',
  'json.lone_surrogate': 'a string holds half of a surrogate pair',
  'json.name_duplicate': 'an object holds the same name twice',
  'json.name_refused': 'an object holds the name __proto__',
  'json.not_utf8': 'the text is not UTF-8',
  'json.number_out_of_range': 'a number would not survive: an unsafe integer, or a value that a double changes',
  'json.syntax': 'the text is not JSON',
  'json.too_deep': 'the values are nested deeper than the limit',
  'json.too_many_members': 'there are more members and elements than the limit',
  'json.trailing_text': 'text follows the value',
  'pem.block_empty': 'a PEM block holds no bytes',
  'pem.block_missing': 'the text holds no PEM block',
  'pem.block_unterminated': 'a PEM block has no END line',
  'pem.body_invalid': 'a PEM body is not base64 in lines of 64 characters',
  'pem.input_too_large': 'the PEM text is larger than the limit',
  'pem.label_unexpected': 'a PEM block has another label than its place demands',
  'pem.text_outside_block': 'there is text outside the PEM blocks that is not a # comment',
  'pem.too_many_blocks': 'there are more PEM blocks than the limit',
  'utf8.invalid': 'the bytes are not UTF-8',
  'utf8.lone_surrogate': 'the text holds half of a surrogate pair and has no UTF-8 form',
} as const;

/** Every code that a {@link FormatError} may carry. */
export type FormatCode = keyof typeof SUMMARIES;

const HINT = 'Look at the named offset of the input: a correct encoder never writes this.';

type Row = Omit<Reason, 'code'>;

function toRows(summaries: Readonly<Record<FormatCode, string>>): Record<FormatCode, Row> {
  const row = (summary: string): Row => ({
    family: 'request',
    class: 'evidence',
    action: 'retry',
    summary,
    hint: HINT,
  });
  const rows = Object.entries(summaries).map(([code, summary]) => [code, row(summary)]);
  return Object.fromEntries(rows) as Record<FormatCode, Row>; // fromEntries forgets the keys, which are those of `summaries`.
}

/** The reason codes of this package. */
export const FORMAT_REASONS: Readonly<Record<FormatCode, Reason>> = defineReasons(toRows(SUMMARIES));
