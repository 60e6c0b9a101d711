/** Casso's API: accounts, transactions, webhooks registered there. An entry of its own, so that a bundle carries only what it uses. */
export * from './casso/client';
export * from './casso/accounts';
export * from './casso/normalise';
export * from './casso/filter';
export * from './casso/webhooks';
export * from './casso/transactions';
export * from './casso/user';
export * from './casso/paging/stream';
