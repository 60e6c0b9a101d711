/** Casso's API: accounts, transactions, webhooks registered there. A separate entry, so that a bundle contains only what it uses. */
export * from './casso/client';
export * from './casso/accounts';
export * from './casso/normalise';
export * from './casso/filter';
export * from './casso/webhooks';
export * from './casso/transactions';
export * from './casso/user';
export * from './casso/paging/stream';
