const STRICT = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Whether Foundation's decoder takes a text for base64 (`NSData initWithBase64EncodedString:` without options). */
export const isBase64 = (text: string): boolean => text.length > 0 && STRICT.test(text);
