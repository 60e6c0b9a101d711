/** Polling: what is new since the last read, for Casso. An entry of its own, so that a bundle carries only what it uses. */
export * from './feed/advanceFeed';
export * from './feed/feedState';
export * from './feed/newestPage';
export * from './feed/openFeed';
export * from './feed/planRead';
export * from './casso/feed/newestTransaction';
export * from './casso/feed/pollCasso';
export * from './casso/feed/syncBeforeReading';
