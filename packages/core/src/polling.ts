/** Polling Casso for new transactions. A separate entry, so that a bundle contains only what it uses. */
export * from './polling/advance';
export * from './polling/casso';
export * from './polling/plan';
export * from './polling/state';
