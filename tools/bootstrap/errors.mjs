/** A fault that the person at the terminal can do something about: shown as one message, without a stack. */
export class BootstrapError extends Error {
  name = 'BootstrapError';
}
