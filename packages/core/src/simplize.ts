/** Simplize's partner API: signing, reading, polling. A separate entry, so that a bundle contains only what it uses. */
export type { SimplizeConnection } from './simplize/client';
export * from './simplize/cashHistory';
export * from './simplize/ids';
export * from './simplize/historyQuery';
export * from './simplize/users';
export * from './simplize/signing/detect';
export * from './simplize/portfolios';
export * from './simplize/stockTransactions';
export * from './simplize/signing/canonical';
export * from './simplize/signing/profile';
export * from './simplize/signing/sign';
export * from './polling/simplize';
