export { createPinAuthority, type PinAuthority, type PinAuthorityOptions, type PinOffer } from './authority.ts';
export { openPinService, type PinService, type PinServiceOrder, pinServiceRecipe } from './server.ts';
