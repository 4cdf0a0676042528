/** Of this client, as statements and its own signals name it. */
export const SDK_VERSION = '0.1.0';
