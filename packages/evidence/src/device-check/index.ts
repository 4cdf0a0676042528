export { DEVICE_CHECK, readDeviceBits, type TwoBits } from './facts.ts';
