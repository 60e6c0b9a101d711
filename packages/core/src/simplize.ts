/** Simplize's partner API: signing, reading, polling. An entry of its own, so that a bundle carries only what it uses. */
export type { SimplizeConnection } from './simplize/call';
export * from './simplize/cashMovement';
export * from './simplize/checkIds';
export { checkPageNumber } from './simplize/checkPage';
export * from './simplize/historyQuery';
export * from './simplize/linkedUser';
export * from './simplize/operations/detectProfile';
export { getCashHistoryPage, readCashHistory, type ReadListOptions } from './simplize/operations/cashHistory';
export * from './simplize/operations/portfolio';
export * from './simplize/operations/stockTransactions';
export * from './simplize/operations/syncStatus';
export * from './simplize/operations/users';
export * from './simplize/portfolio';
export * from './simplize/signing/canonicalQuery';
export * from './simplize/signing/percentEncode';
export * from './simplize/signing/profile';
export * from './simplize/signing/profileHeader';
export * from './simplize/signing/signRequest';
export * from './simplize/signing/signature';
export * from './simplize/signing/signingTransport';
export * from './simplize/stockTransaction';
export * from './simplize/syncStatus';
export {
	pollPortfolio,
	type MovementFilter,
	type PollOptions,
	type WatchedPortfolio,
} from './simplize/feed/pollPortfolio';
export * from './simplize/feed/pollPortfolios';
